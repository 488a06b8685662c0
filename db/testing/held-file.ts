/** Holds an embedded database as another program would, so that tests see what the product does meanwhile. */
import { Database } from '@/db/sqlite-driver.mjs'

/** Takes the write lock of the file. Out: the function that gives it back. */
export function holdFile(file: string): () => void {
  const other = new Database(file)
  other.exec('begin immediate')
  return () => {
    other.exec('rollback')
    other.close()
  }
}
