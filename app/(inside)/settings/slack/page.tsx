/** Where the settings of notifications were while Slack was the only place: messages that were sent then still link here. */
import { permanentRedirect } from 'next/navigation'

export default function FormerSlackPage() {
  permanentRedirect('/settings/notifications')
}
