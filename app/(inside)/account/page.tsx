/** The short address of the own account. */
import { redirect } from 'next/navigation'

export default function AccountAddress() {
  redirect('/settings/account')
}
