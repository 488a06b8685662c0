/** The document around every page: fonts, theme and the viewer's clock, known on the server so that nothing flashes or jumps. */
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { ViewerClock } from '@/components/ui/clock'
import '@/app/globals.css'

const sans = localFont({ src: './fonts/geist.woff2', variable: '--font-geist', weight: '400 600', display: 'swap', adjustFontFallback: 'Arial' })
const mono = localFont({ src: './fonts/geist-mono.woff2', variable: '--font-geist-mono', weight: '400 500', display: 'swap', adjustFontFallback: false })

export const metadata: Metadata = {
  title: { default: 'Gatehouse', template: '%s · Gatehouse' },
  description: 'Where product, data science and operations take a model version from candidate to stable.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf8' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1012' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, zone, now } = await viewerOf()
  return (
    <html lang="en" data-theme={theme} className={`${sans.variable} ${mono.variable}`}>
      <body>
        <ViewerClock now={now} zone={zone}>
          {children}
        </ViewerClock>
      </body>
    </html>
  )
}

// What the browser left in cookies at its last visit, and the instant that this picture is made at.
async function viewerOf(): Promise<{ theme: 'light' | 'dark' | undefined; zone: string; now: number }> {
  const jar = await cookies()
  const chosen = jar.get('gatehouse-theme')?.value
  return {
    theme: chosen === 'light' || chosen === 'dark' ? chosen : undefined,
    zone: jar.get('gatehouse-zone')?.value ?? 'UTC',
    now: Date.now(),
  }
}
