import type { Tx } from "#store"

/** Settings of the node that hold whoever asks: by key, in words of whoever owns the key. */
export async function selectSettings(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ key: string; value: string }>("select key, value from node_setting where key = any ($1)", [keys])
  return new Map(rows.map((r) => [r.key, r.value]))
}

export async function selectSetting(tx: Tx, key: string): Promise<string | null> {
  return (await selectSettings(tx, [key])).get(key) ?? null
}

export async function setSetting(tx: Tx, key: string, value: string): Promise<void> {
  await tx.query("insert into node_setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value", [
    key,
    value,
  ])
}
