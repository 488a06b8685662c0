/** Environments have their own place in the navigation; their address under the settings leads there. */
import { redirect } from 'next/navigation'

export default function SettingsEnvironmentsPage() {
  redirect('/environments')
}
