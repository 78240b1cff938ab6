import { post } from "../api.ts"

/** Hands a file to the browser's own saving. */
export function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the file by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Asks a procedure that answers with a file, and saves it under the name that the node gives it. */
export async function fetchFile(procedure: string, input: object): Promise<void> {
  const response = await post(procedure, input, "*/*")
  const named = /filename\*=UTF-8''(\S+)/.exec(response.headers.get("content-disposition") ?? "")?.[1]
  save(named ? decodeURIComponent(named) : procedure, await response.blob())
}
