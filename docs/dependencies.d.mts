export interface Dependency {
  name: string
  version: string
  licence: string
  production: boolean
}
/** Every package of the lock file, by name. */
export function dependencies(): Dependency[]
/** What a licence may not be here; null for one that may. */
export function objection(dependency: Dependency): string | null
/** The page as the lock file says it. */
export function dependenciesPage(): string
