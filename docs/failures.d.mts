/** The page as the source says it. */
export function failuresPage(): string
