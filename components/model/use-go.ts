/** Leads to an address that is put together at run time, without loading the document anew. */
import { useRouter } from 'next/navigation'
import { isRoute } from '@/components/ui/app-link'

/** Out: a function that goes to an address inside of the application. */
export function useGo(): (href: string) => void {
  const router = useRouter()
  return (href) => {
    if (isRoute(href)) router.push(href)
    else location.assign(href)
  }
}
