import type { Procedure } from "#access"
import { COMMON, type CommonFlag, type Field } from "./flags.ts"
import { SHORT } from "./short.ts"

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.min(44, Math.max(0, ...rows.map(([a]) => a.length)))
  return rows.map(([a, b]) => `  ${a.padEnd(width)}  ${b}`.trimEnd()).join("\n")
}

const BUILT_IN: readonly (readonly [string, string])[] = [
  ["demo [--no-serve]", "make the invented operation, take it in, run every stage, serve the workplace"],
  ["serve [--port N] [--behind URL]", "the workplace and the API on this machine's loopback address"],
  [
    "verify PATH [--checkpoint F] [--key K] [--witness K] [--clock PEM]",
    "check an exported journal with nothing but the file and a public key",
  ],
]

/** Every command, by stage. */
export function overview(procedures: readonly Procedure[]): string {
  const shorts = SHORT.filter((s) => procedures.some((p) => p.name === s.procedure)).map(
    (s) => [[...s.words, ...s.positional.map((p) => p.toUpperCase())].join(" "), `= ${s.procedure.replace(".", " ")}`] as const,
  )
  const all = procedures.map((p) => [p.name.replace(".", " "), p.title] as const)
  return [
    "linchpin <stage> <procedure> [--flags] [--json] [--data DIR]",
    columns([...BUILT_IN, ...shorts]),
    columns(all.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    "linchpin <command> --help shows its flags. Exit codes: 0 done, 2 invalid, 3 refused, 4 conflict, 5 unavailable.",
  ].join("\n\n")
}

const SAMPLE: Record<Field["form"], string> = {
  text: "TEXT",
  path: "PATH",
  number: "N",
  boolean: "",
  json: "JSON|FILE",
  "text-or-number": "VALUE",
}

function fieldLine(field: Field): readonly [string, string] {
  const sample = field.choices.length > 0 ? field.choices.join("|") : SAMPLE[field.form]
  const notes = [
    field.required ? "required" : "",
    field.repeats ? "may be repeated" : "",
    field.preset === undefined ? "" : `default ${JSON.stringify(field.preset)}`,
  ]
  const says = [field.says, notes.filter(Boolean).join(", ")].filter(Boolean).join("; ")
  return [`${field.flag.length === 1 ? "-" : "--"}${field.flag}${sample ? ` ${sample}` : ""}`, says]
}

/** One command: what it does, its flags, the flags that every command has. */
export function commandHelp(
  words: string,
  title: string,
  fields: readonly Field[],
  positional: readonly string[],
  common: readonly CommonFlag[],
): string {
  const bare = positional.map((name) => (fields.find((f) => f.name === name)?.repeats ? `${name.toUpperCase()}…` : name.toUpperCase()))
  const own = fields.map(fieldLine)
  const shared = common
    .filter((c) => !fields.some((f) => f.flag === c))
    .map((c) => [`--${c}${COMMON[c].takes === null ? "" : ` ${COMMON[c].takes}`}`, COMMON[c].says] as const)
  return [`linchpin ${[words, ...bare].join(" ")} [--flags]`, title, ...(own.length > 0 ? [columns(own)] : []), columns(shared)].join(
    "\n\n",
  )
}
