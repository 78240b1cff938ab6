import { Badge, Button, Drawer, Group, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { ApiFailure, ask, follow } from "../api.ts"
import { FailureNote } from "../parts/FailureNote.tsx"
import { Identifier } from "../parts/Isolated.tsx"
import { Working } from "../parts/Working.tsx"
import { asFailure, useValue } from "../queries.ts"
import type { Job } from "../types.ts"

const LISTED = 30
const COLOUR = { queued: "gray", running: "petrol", done: "teal", failed: "red", stopped: "yellow" } as const
const ended = (job: Job): boolean => job.state !== "queued" && job.state !== "running"

export const useJobs = () => useValue("jobs.list", { limit: LISTED })

export function JobsDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useJobs()
  useEffect(() => {
    if (opened) void refetch()
  }, [opened, refetch])
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      title={t("jobs.title")}
      size="md"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="sm">
        {error && <FailureNote failure={error} again={() => void refetch()} />}
        {data?.length === 0 && <Text size="sm">{t("jobs.none")}</Text>}
        {data?.map((job) => (
          <JobLine key={job.id} listed={job} />
        ))}
      </Stack>
    </Drawer>
  )
}

/** One job, followed while it runs. */
function JobLine({ listed }: { listed: Job }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [followed, setFollowed] = useState<Job | null>(null)
  const [lost, setLost] = useState<ApiFailure | null>(null)
  const job = followed && !ended(listed) ? followed : listed
  useEffect(() => {
    if (ended(listed)) return
    const gone = new AbortController()
    const watch = async () => {
      try {
        for await (const now of follow(listed.id, gone.signal)) setFollowed(now)
        await client.invalidateQueries({ queryKey: ["jobs.list"] })
      } catch (error) {
        if (!gone.signal.aborted) setLost(asFailure(error))
      }
    }
    void watch()
    return () => gone.abort()
  }, [listed, client])
  const stop = useMutation<Job, ApiFailure>({
    mutationFn: () => ask("jobs.stop", { job: job.id }),
    onSettled: () => client.invalidateQueries({ queryKey: ["jobs.list"] }),
  })
  return (
    <div className="job">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          <Identifier>{job.procedure}</Identifier>
        </Text>
        <Badge color={COLOUR[job.state]} variant="light" tt="none">
          {t(`jobs.states.${job.state}`)}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed">
        <Identifier>{job.id}</Identifier>
      </Text>
      {!ended(job) && (
        <>
          <Working progress={job.progress} words={t("working")} />
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => stop.mutate()}
            loading={stop.isPending}
            aria-label={t("jobs.stopName", { name: job.procedure })}
          >
            {t("jobs.stop")}
          </Button>
        </>
      )}
      {job.failure && <FailureNote failure={new ApiFailure(job.failure)} />}
      {lost && <FailureNote failure={lost} />}
      {stop.error && <FailureNote failure={stop.error} />}
    </div>
  )
}
