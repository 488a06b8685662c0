/** Settings begin with the people. */
import { redirect } from 'next/navigation'

export default function SettingsPage() {
  redirect('/settings/people')
}
