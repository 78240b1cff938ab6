export function sourcesHash(): string
export function buildWorkplace(options?: { force?: boolean; say?: (line: string) => void }): Promise<{ folder: string; built: boolean }>
