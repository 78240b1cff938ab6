import type { Tx } from "#store"
import { Failure } from "#vocabulary/failure"
import { continues, type Signer } from "./checkpoint.ts"
import { TREES, type Tree } from "./entry.ts"
import { proveConsistency } from "./follow.ts"
import { cosignatureBy, readCheckpointNote, readVerifierKey, signedBy } from "./note.ts"
import {
  insertCheckpoint,
  insertCosignature,
  insertSeen,
  lockOrigin,
  selectLargestVouchers,
  selectLastCheckpoint,
  selectLastSeen,
  selectParties,
} from "./sql.ts"
import { extendsTree } from "./tree.ts"

/**
 * Both sides of witnessing, by files that people carry: the body of C2SP tlog-witness's `add-checkpoint` goes out, a cosigned
 * note comes back. A witness signs that a log still begins with everything the witness has ever seen of it.
 */

export interface WitnessRequest {
  witness: string
  tree: Tree
  /** For the witness: `old` size, consistency proof, empty line, checkpoint. */
  text: string
}

/** What each recorded witness is to be sent for the latest checkpoints, where it has not cosigned them yet. */
export async function witnessRequests(tx: Tx): Promise<WitnessRequest[]> {
  const vouched = await selectLargestVouchers(tx)
  const requests: WitnessRequest[] = []
  for (const { name } of await selectParties(tx, "witness"))
    for (const tree of TREES) {
      const last = await selectLastCheckpoint(tx, tree)
      const old = vouched.find((v) => v.tree === tree && v.kind === "witness" && v.name === name)?.size ?? 0
      if (last && last.size > old) requests.push({ witness: name, tree, text: await witnessRequest(tx, tree, old, last) })
    }
  return requests
}

/** The request for a witness that has last cosigned the tree of `old` entries. */
export async function witnessRequest(tx: Tx, tree: Tree, old: number, { size, note }: { size: number; note: string }): Promise<string> {
  const proof = await proveConsistency(tx, tree, old, size)
  return `old ${old}\n${proof.map((h) => `${h.toString("base64")}\n`).join("")}\n${note}`
}

export interface Cosigned {
  tree: Tree
  size: number
  witnesses: { name: string; at: number }[]
}

/**
 * Takes back a checkpoint of this journal with the cosignatures of recorded witnesses; signatures of others are passed over.
 * Throws `invalid.checkpoint`, `invalid.checkpoint-foreign`, `invalid.cosignature`, and `conflict.journal-rewritten` when this
 * node signed the checkpoint and its journal no longer begins so.
 */
export async function takeCosigned(tx: Tx, signer: Signer, text: string): Promise<Cosigned> {
  const note = readCheckpointNote(text)
  const tree = TREES.find((t) => note.origin === `${signer.name}/${t}`)
  const own = signedBy(note, readVerifierKey(signer.verifierKey, 1))
  if (!tree || own === null)
    throw new Failure("invalid.checkpoint-foreign", "This checkpoint was not signed by this node.", {
      at: note.origin.slice(0, 80),
      hint: "Hand in a checkpoint that journal checkpoint gave out here, as the witness sent it back.",
    })
  const ours = `${note.text}\n${own}\n`
  if (!(await continues(tx, tree, ours)))
    throw new Failure("conflict.journal-rewritten", `The ${tree} tree does not begin as it was signed at ${note.size} entries.`, {
      at: `${tree}:${note.size}`,
      hint: "Keep the note: it shows that the journal was changed, or set back to an older copy. Export the journal and verify it against the note.",
    })
  const found: { party: string; name: string; line: string; at: number }[] = []
  for (const { id, name, key } of await selectParties(tx, "witness")) {
    const cosignature = cosignatureBy(note, readVerifierKey(key, 4))
    if (cosignature) found.push({ party: id, name, ...cosignature })
  }
  if (found.length === 0)
    throw new Failure("invalid.cosignature", "No recorded witness has cosigned this checkpoint.", {
      at: `${tree}:${note.size}`,
      hint: "The key of a witness is recorded by an administrator (journal add-witness) before what it signed is taken in.",
    })
  await insertCheckpoint(tx, tree, note.size, ours)
  for (const { party, line, at } of found) await insertCosignature(tx, { tree, size: note.size, party, line, at: new Date(at) })
  return { tree, size: note.size, witnesses: found.map(({ name, at }) => ({ name, at })) }
}

const REQUEST = /^old (0|[1-9][0-9]{0,14})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n([\s\S]+)$/

/**
 * As a witness: cosigns another node's checkpoint when its log is recorded here, its own signature holds and it continues the
 * last checkpoint of that log that was cosigned here; gives the note with the line added. Throws `invalid.witness-request`,
 * `refused.log-unknown`, `refused.log-signature`, `conflict.witness-size` (with the size to start from) and
 * `refused.log-inconsistent`.
 */
export async function cosign(
  tx: Tx,
  signer: Signer,
  request: string,
  at: number,
): Promise<{ log: string; origin: string; size: number; note: string }> {
  const [, oldText, proofText, noteText] = REQUEST.exec(request.replaceAll("\r\n", "\n")) ?? []
  if (oldText === undefined || proofText === undefined || noteText === undefined)
    throw new Failure("invalid.witness-request", "This is no request to a witness.", {
      at: "request",
      hint: "It begins with `old` and a size, then a proof, an empty line and the checkpoint (C2SP tlog-witness, add-checkpoint).",
    })
  const note = readCheckpointNote(noteText)
  const log = (await selectParties(tx, "log")).find((l) => isOriginOf(note.origin, readVerifierKey(l.key, 1).name))
  if (!log)
    throw new Failure("refused.log-unknown", "No log of that origin is recorded here.", {
      at: note.origin.slice(0, 80),
      hint: "An administrator records the other node's verifier key first (journal add-log).",
    })
  const own = signedBy(note, readVerifierKey(log.key, 1))
  if (own === null)
    throw new Failure("refused.log-signature", "The checkpoint is not signed with the key that is recorded for this log.", {
      at: log.name,
      hint: "Ask the other node what happened to its key before recording a new one.",
    })
  await lockOrigin(tx, note.origin)
  const last = await selectLastSeen(tx, note.origin)
  const old = Number(oldText)
  if (old !== (last?.size ?? 0))
    throw new Failure(
      "conflict.witness-size",
      `The last checkpoint of this log cosigned here has ${last?.size ?? 0} entries, not ${old}.`,
      {
        at: log.name,
        hint: `Ask the other node for a request from ${last?.size ?? 0} on (journal witness-request --old ${last?.size ?? 0}).`,
      },
    )
  const proof = proofText
    .split("\n")
    .filter(Boolean)
    .map((h) => Buffer.from(h, "base64"))
  const consistent = last ? extendsTree(last.size, readCheckpointNote(last.note).root, note.size, note.root, proof) : proof.length === 0
  if (!consistent)
    throw new Failure("refused.log-inconsistent", "This checkpoint does not continue what was seen of this log before.", {
      at: `${log.name}:${note.size}`,
      hint: "Keep both checkpoints and tell the oversight body: the other node's journal was rewritten, or it shows two of them.",
    })
  const ours = `${note.text}\n${own}\n`
  await insertSeen(tx, { party: log.id, origin: note.origin, size: note.size, note: ours, at: new Date(at) })
  return { log: log.name, origin: note.origin, size: note.size, note: `${ours}${signer.cosignature(note.text, at)}\n` }
}

const isOriginOf = (origin: string, name: string): boolean => origin === name || origin.startsWith(`${name}/`)
