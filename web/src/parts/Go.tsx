import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core"
import { createLink } from "@tanstack/react-router"
import type { AnchorHTMLAttributes, Ref } from "react"

type Native = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps | keyof ButtonProps> & { ref?: Ref<HTMLAnchorElement> }

/** An address inside the workplace, as text and as a button. */
export const Go = createLink((props: AnchorProps & Native) => <Anchor {...props} />)
export const GoButton = createLink((props: ButtonProps & Native) => <Button component="a" {...props} />)
