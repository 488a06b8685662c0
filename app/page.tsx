/** Where a visitor arrives. */
export default function HomePage() {
  return <main>Gatehouse</main>
}
