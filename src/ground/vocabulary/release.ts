/** The release that computed something: part of every derived key, printed under every figure. Equals the package's version; a test holds them together. */
export const RELEASE = "0.5.1"
