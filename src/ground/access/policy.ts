import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as cedar from "@cedar-policy/cedar-wasm/nodejs"
import { CLASSIFICATIONS, type Classification } from "#vocabulary/markings"
import { NEEDS, type Need, type Purpose, type Role } from "#vocabulary/roles"

/** What the policy knows of whoever asks, about one investigation. */
export interface Asker {
  id: string
  /** Roles granted in the investigation that is asked about. */
  here: readonly Role[]
  /** Roles granted on the node. */
  anywhere: readonly Role[]
  organisation: string
  clearance: Classification
  local: boolean
}

/** What of a marking decides who may see it. */
export interface ClassTerms {
  key: string
  classification: string
  audience: readonly string[] | null
  purposes: readonly string[] | null
}

/** The rules and what they may speak of, as Cedar text. */
export const POLICY_TEXT = readFileSync(join(import.meta.dirname, "linchpin.cedar"), "utf8")
export const SCHEMA_TEXT = readFileSync(join(import.meta.dirname, "linchpin.cedarschema"), "utf8")

/** Cedar keeps parsed sets by name in its own memory: parsing once makes a decision several times faster. */
const SET = "linchpin"

function parse(): void {
  // Rules go in by their own names, which answers then give.
  const answer = cedar.preparsePolicySet(SET, { staticPolicies: ruleTexts() })
  if (answer.type === "failure") throw new Error(`linchpin.cedar cannot be read: ${worded(answer.errors)}`)
}

const worded = (errors: readonly { message: string }[]): string => errors.map((e) => e.message).join("; ")

/** A rule as its file has it, with what is said above it. */
export function ruleInWords(id: string): string {
  const lines = POLICY_TEXT.split("\n")
  const at = lines.indexOf(`@id("${id}")`)
  let from = at
  while (from > 0 && lines[from - 1]!.startsWith("// ") && !lines[from - 1]!.startsWith("// ----")) from--
  const to = lines.findIndex((line, n) => n >= at && line.endsWith(";"))
  return lines.slice(from, to + 1).join("\n")
}

/** Rules by their `@id`, as they are enforced. */
function ruleTexts(): Record<string, string> {
  const parts = cedar.policySetTextToParts(POLICY_TEXT)
  if (parts.type === "failure") throw new Error(`linchpin.cedar cannot be read: ${worded(parts.errors)}`)
  return namedRules(parts.policies)
}

/** Rules by their `@id`. */
export function namedRules(policies: readonly string[]): Record<string, string> {
  const named: Record<string, string> = {}
  for (const text of policies) {
    const id = /@id\("([^"]+)"\)/.exec(text)?.[1]
    if (!id || Object.hasOwn(named, id)) throw new Error(`a rule of linchpin.cedar has no @id of its own: ${text.slice(0, 80)}`)
    named[id] = text
  }
  return named
}

export interface Verdict {
  allowed: boolean
  /** Ids of the rules that decided; none: no rule permits it. */
  rules: string[]
}

function decide(
  action: string,
  asker: Asker,
  resource: { type: string; id: string; attrs: Record<string, cedar.CedarValueJson> },
  purpose: Purpose,
): Verdict {
  const principal = { type: "Person", id: asker.id }
  const call: cedar.StatefulAuthorizationCall = {
    principal,
    action: { type: "Action", id: action },
    resource: { type: resource.type, id: resource.id },
    context: { purpose },
    preparsedPolicySetId: SET,
    entities: [
      {
        uid: principal,
        attrs: {
          here: [...asker.here],
          anywhere: [...asker.anywhere],
          organisation: asker.organisation,
          clearance: CLASSIFICATIONS.indexOf(asker.clearance),
          local: asker.local,
        },
        parents: [],
      },
      { uid: { type: resource.type, id: resource.id }, attrs: resource.attrs, parents: [] },
    ],
  }
  let answer = cedar.statefulIsAuthorized(call)
  if (answer.type === "failure") {
    // The first decision of a process: nothing was parsed yet.
    parse()
    answer = cedar.statefulIsAuthorized(call)
  }
  if (answer.type === "failure") throw new Error(`the policy cannot judge ${action}: ${worded(answer.errors)}`)
  // A rule that could not be evaluated is skipped by Cedar: a skipped prohibition would be a hole.
  const { decision, diagnostics } = answer.response
  if (diagnostics.errors.length > 0) throw new Error(`a rule failed on ${action}: ${worded(diagnostics.errors.map((e) => e.error))}`)
  return { allowed: decision === "allow", rules: [...diagnostics.reason].sort() }
}

/** Whether the need is granted: in the investigation for needs about one, on the node for the others. */
export function mayDo(asker: Asker, need: Need, investigation: string, purpose: Purpose): Verdict {
  const type = NEEDS[need].about === "investigation" ? "Investigation" : "Node"
  return decide(need, asker, { type, id: type === "Node" ? "node" : investigation, attrs: {} }, purpose)
}

/** Whether material of a class may be seen. */
export function maySee(asker: Asker, terms: ClassTerms, purpose: Purpose): Verdict {
  const level = (CLASSIFICATIONS as readonly string[]).indexOf(terms.classification)
  return decide(
    "see",
    asker,
    {
      type: "AccessClass",
      id: terms.key,
      attrs: {
        // A classification that this release does not know is above every clearance.
        classification: level < 0 ? CLASSIFICATIONS.length : level,
        ...(terms.audience === null ? {} : { audience: [...terms.audience] }),
        ...(terms.purposes === null ? {} : { purposes: [...terms.purposes] }),
      },
    },
    purpose,
  )
}
