import { AppShell, Burger, Button, Group, Indicator, NavLink, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import {
  IconAdjustments,
  IconAffiliate,
  IconArchive,
  IconArrowsJoin,
  IconCalendarTime,
  IconChartLine,
  IconChecklist,
  IconDeviceMobile,
  IconFileImport,
  IconGavel,
  IconLifebuoy,
  IconListDetails,
  IconListSearch,
  IconPlaylistX,
  IconRoute,
  IconScale,
  IconSend,
  IconShieldLock,
  IconTopologyStar3,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react"
import { Link, Outlet, useLocation } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useMay } from "../authority/decide.ts"
import { useInvestigation } from "../investigation.ts"
import { Witnessing } from "../journal/Witnessing.tsx"
import { whole } from "../language/numbers.ts"
import { Go } from "../parts/Go.tsx"
import { Quoted } from "../parts/Isolated.tsx"
import { useValue } from "../queries.ts"
import { RecordDrawer } from "../records/RecordDrawer.tsx"
import { Whoever } from "../sign-in/Whoever.tsx"
import { LanguageChoice, PurposeChoice, SchemeChoice } from "./Choices.tsx"
import { JobsDrawer, useJobs } from "./JobsDrawer.tsx"
import { MarkingBanner } from "./MarkingBanner.tsx"

interface SectionOf {
  key: string
  icon: typeof IconUsers
  need?: string
}

/** The sections of an investigation in the order of the work: what is held, what it shows, what could be done, with whom, and care. */
const GROUPS = [
  {
    group: "holdings",
    sections: [
      { key: "intake", icon: IconFileImport, need: "take-in" },
      { key: "evidence", icon: IconArchive },
      { key: "scope", icon: IconChecklist },
      { key: "markings", icon: IconShieldLock },
    ],
  },
  {
    group: "picture",
    sections: [
      { key: "network", icon: IconAffiliate },
      { key: "entities", icon: IconUsers },
      { key: "attribution", icon: IconDeviceMobile },
      { key: "review", icon: IconArrowsJoin, need: "assess" },
      { key: "screening", icon: IconPlaylistX },
    ],
  },
  {
    group: "planning",
    sections: [
      { key: "chain", icon: IconRoute, need: "plan" },
      { key: "levers", icon: IconAdjustments, need: "plan" },
      { key: "set", icon: IconTopologyStar3, need: "plan" },
      { key: "curve", icon: IconChartLine, need: "plan" },
      { key: "options", icon: IconScale, need: "plan" },
      { key: "decisions", icon: IconGavel, need: "plan" },
    ],
  },
  {
    group: "together",
    sections: [
      { key: "team", icon: IconUsersGroup },
      { key: "deconfliction", icon: IconUserShield },
      { key: "outside", icon: IconSend },
    ],
  },
  {
    group: "care",
    sections: [
      { key: "contests", icon: IconLifebuoy },
      { key: "retention", icon: IconCalendarTime },
    ],
  },
  { group: "everything", sections: [{ key: "ask", icon: IconListSearch }] },
] as const satisfies readonly { group: string; sections: readonly SectionOf[] }[]

/** What stands around every screen of an investigation. */
export function Shell() {
  const { t } = useTranslation()
  const investigation = useInvestigation()
  const may = useMay(investigation)
  const [menu, { toggle, close }] = useDisclosure(false)
  const [jobs, jobsShown] = useDisclosure(false)
  const here = useLocation({ select: (l) => l.pathname.split("/")[3] })
  const { data: investigations } = useValue("investigations.list", {})
  const { data: started } = useJobs()
  const running = started?.filter((j) => j.state === "running" || j.state === "queued").length ?? 0
  const own = investigations?.find((i) => i.id === investigation || i.name === investigation)
  return (
    <AppShell
      header={{ height: { base: 116, md: 76 } }}
      navbar={{ width: 176, breakpoint: "md", collapsed: { mobile: !menu } }}
      padding="md"
    >
      <a href="#content" className="skip">
        {t("skip")}
      </a>
      <AppShell.Header>
        <MarkingBanner />
        <div className="head-line">
          <Burger opened={menu} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t("nav.menu")} />
          <Text fw={700} className="product">
            {t("product")}
          </Text>
          <Go to="/" className="own-investigation" title={t("picker.change")}>
            <Quoted>{own?.title ?? own?.name ?? investigation}</Quoted>
          </Go>
          <Whoever />
          <Witnessing />
          <Group gap="xs" className="head-end">
            <PurposeChoice />
            <Indicator disabled={running === 0} label={whole(running)} size={16} processing>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconListDetails size={14} aria-hidden />}
                onClick={jobsShown.open}
                aria-label={running > 0 ? t("choices.jobsRunning", { count: running }) : t("choices.jobs")}
              >
                {t("choices.jobs")}
              </Button>
            </Indicator>
            <LanguageChoice />
            <SchemeChoice />
          </Group>
        </div>
      </AppShell.Header>
      <AppShell.Navbar p={6} component="nav" className="sections" aria-label={t("nav.label")}>
        {GROUPS.map(({ group, sections }) => {
          const open = sections.filter((s) => !may.known || !("need" in s) || may.here(s.need))
          if (open.length === 0) return null
          return (
            <section key={group} aria-labelledby={`sections-${group}`} className="section-group">
              <Text id={`sections-${group}`} className="section-group-name">
                {t(`nav.groups.${group}`)}
              </Text>
              {open.map(({ key, icon: Icon }) => (
                <NavLink
                  key={key}
                  renderRoot={(props) => <Link to={`/i/$investigation/${key}`} params={{ investigation }} {...props} />}
                  active={here === key || (key === "review" && here === "why") || (key === "evidence" && here === "records")}
                  aria-current={here === key ? "page" : undefined}
                  leftSection={<Icon size={18} aria-hidden />}
                  label={t(`nav.${key}`)}
                  onClick={close}
                />
              ))}
            </section>
          )
        })}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <JobsDrawer opened={jobs} onClose={jobsShown.close} />
      <RecordDrawer />
    </AppShell>
  )
}
