import type { ReactNode } from "react"
import { dirOf, languageNow } from "../language/index.ts"
import { said } from "../language/words.ts"

/** A phone number, id, path or hash: left to right in any surroundings, each character as it is. */
export function Identifier({ children }: { children: ReactNode }) {
  return (
    <bdi dir="ltr" className="identifier" translate="no">
      {children}
    </bdi>
  )
}

/** Text out of material (names, messages): its own direction, kept apart from what stands around it. */
export function Quoted({ children }: { children: ReactNode }) {
  return (
    <bdi dir="auto" translate="no">
      {children}
    </bdi>
  )
}

/** From what stands before to what stands after it: an arrow is not turned by the direction of the text around it. */
export function Towards() {
  return <> {dirOf(languageNow()) === "rtl" ? "←" : "→"} </>
}

/** A sentence of the node: in the language of the screen where that is known, else in the node's English, marked so. */
export function NodeSays({ children }: { children: string }) {
  const { text, translated } = said(children)
  if (translated) return <bdi dir={dirOf(languageNow())}>{text}</bdi>
  return (
    <bdi dir="ltr" lang="en">
      {text}
    </bdi>
  )
}
