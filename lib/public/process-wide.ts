/** Hides that page, route handler, instrumentation and server.ts each get their own instance of a module: what they must share lives here, once per process. */

/**
 * The value under `key`, made on first use and then the same for every module instance of this process.
 * In development it outlives hot reloading, so keep plain data and functions in it, not class instances whose code may change.
 */
export function processWide<T>(key: string, make: () => T): T {
  const name = Symbol.for(`gatehouse.${key}`)
  if (!Reflect.has(globalThis, name)) Reflect.set(globalThis, name, make())
  return Reflect.get(globalThis, name)
}
