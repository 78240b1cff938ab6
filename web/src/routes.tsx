import { createRootRoute, createRoute, createRouter, redirect, useRouter } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { AskScreen } from "./ask/AskScreen.tsx"
import { DeconflictionScreen } from "./authority/DeconflictionScreen.tsx"
import { DeskScreen } from "./authority/DeskScreen.tsx"
import { NodeFrame } from "./authority/NodeFrame.tsx"
import { OutsideScreen } from "./authority/OutsideScreen.tsx"
import { PeopleScreen } from "./authority/PeopleScreen.tsx"
import { PolicyScreen } from "./authority/PolicyScreen.tsx"
import { TeamScreen } from "./authority/TeamScreen.tsx"
import { WaysInScreen } from "./authority/WaysInScreen.tsx"
import { AttributionScreen } from "./entities/attribution/AttributionScreen.tsx"
import { EntityList } from "./entities/EntityList.tsx"
import { EntityScreen } from "./entities/EntityScreen.tsx"
import { LiftingsScreen } from "./entities/LiftingsScreen.tsx"
import { EvidenceScreen } from "./evidence/EvidenceScreen.tsx"
import { ExhibitScreen } from "./evidence/ExhibitScreen.tsx"
import { IntakeScreen } from "./evidence/IntakeScreen.tsx"
import { EntryScreen } from "./journal/EntryScreen.tsx"
import { JournalScreen } from "./journal/JournalScreen.tsx"
import { type Sought, soughtIn } from "./journal/sought.ts"
import { ParametersScreen } from "./linkage/ParametersScreen.tsx"
import { MarkingsScreen } from "./markings/MarkingsScreen.tsx"
import { NamesScreen } from "./names/NamesScreen.tsx"
import { CollectScreen } from "./network/CollectScreen.tsx"
import { CompareScreen } from "./network/CompareScreen.tsx"
import { HeadScreen } from "./network/HeadScreen.tsx"
import { NetworkScreen } from "./network/NetworkScreen.tsx"
import { type Question, questionIn } from "./network/question.ts"
import { SequencesScreen } from "./network/SequencesScreen.tsx"
import { SnapshotScreen } from "./network/SnapshotScreen.tsx"
import { SnapshotsScreen } from "./network/SnapshotsScreen.tsx"
import { StagesScreen } from "./network/StagesScreen.tsx"
import { StructureScreen } from "./network/StructureScreen.tsx"
import { FailureNote } from "./parts/FailureNote.tsx"
import { Go } from "./parts/Go.tsx"
import { ChainScreen } from "./plan/ChainScreen.tsx"
import { CurveScreen } from "./plan/CurveScreen.tsx"
import { DecisionsScreen } from "./plan/DecisionsScreen.tsx"
import { LeversScreen } from "./plan/LeversScreen.tsx"
import { OptionsScreen } from "./plan/OptionsScreen.tsx"
import { SetScreen } from "./plan/SetScreen.tsx"
import { asFailure } from "./queries.ts"
import { RecordScreen } from "./records/RecordScreen.tsx"
import { OrdersScreen } from "./retention/OrdersScreen.tsx"
import { RetentionScreen } from "./retention/RetentionScreen.tsx"
import { StubScreen } from "./retention/StubScreen.tsx"
import { ReviewScreen } from "./review/ReviewScreen.tsx"
import { ScreeningScreen } from "./review/ScreeningScreen.tsx"
import { WhyScreen } from "./review/WhyScreen.tsx"
import { BreachesScreen } from "./safeguards/BreachesScreen.tsx"
import { CareFrame } from "./safeguards/CareFrame.tsx"
import { ContestsScreen } from "./safeguards/ContestsScreen.tsx"
import { DutyScreen } from "./safeguards/DutyScreen.tsx"
import { NoticesScreen } from "./safeguards/NoticesScreen.tsx"
import { RequestsScreen } from "./safeguards/RequestsScreen.tsx"
import { SamplesScreen } from "./safeguards/SamplesScreen.tsx"
import { AlertsScreen } from "./scope/AlertsScreen.tsx"
import { CandourScreen } from "./scope/CandourScreen.tsx"
import { DeviceScreen } from "./scope/DeviceScreen.tsx"
import { ScopeScreen } from "./scope/ScopeScreen.tsx"
import { Picker } from "./shell/Picker.tsx"
import { Shell } from "./shell/Shell.tsx"
import { AccountScreen } from "./sign-in/AccountScreen.tsx"
import { EnrolScreen } from "./sign-in/EnrolScreen.tsx"
import { Everywhere } from "./sign-in/Everywhere.tsx"
import { SignInScreen } from "./sign-in/SignInScreen.tsx"

const root = createRootRoute({ component: Everywhere, notFoundComponent: NoPage, errorComponent: Broken })
const picker = createRoute({ getParentRoute: () => root, path: "/", component: Picker })
/** Every page of an investigation can have a record opened beside it. */
const shell = createRoute({
  getParentRoute: () => root,
  path: "/i/$investigation",
  component: Shell,
  validateSearch: (search: Record<string, unknown>): { record?: string } =>
    typeof search.record === "string" && search.record.startsWith("rc_") ? { record: search.record } : {},
})
const start = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/i/$investigation/network", params })
  },
})
const intake = createRoute({ getParentRoute: () => shell, path: "/intake", component: IntakeScreen })
const evidence = createRoute({ getParentRoute: () => shell, path: "/evidence", component: EvidenceScreen })
const exhibit = createRoute({ getParentRoute: () => shell, path: "/evidence/$exhibit", component: ExhibitScreen })
const record = createRoute({ getParentRoute: () => shell, path: "/records/$id", component: RecordScreen })
const network = createRoute({
  getParentRoute: () => shell,
  path: "/network",
  component: NetworkScreen,
  validateSearch: (search: Record<string, unknown>): Question => questionIn(search),
})
const groups = createRoute({ getParentRoute: () => shell, path: "/network/groups", component: StructureScreen })
const sequences = createRoute({ getParentRoute: () => shell, path: "/network/sequences", component: SequencesScreen })
const stages = createRoute({ getParentRoute: () => shell, path: "/network/stages", component: StagesScreen })
const head = createRoute({ getParentRoute: () => shell, path: "/network/head", component: HeadScreen })
const collect = createRoute({ getParentRoute: () => shell, path: "/network/collect", component: CollectScreen })
const snapshots = createRoute({ getParentRoute: () => shell, path: "/network/snapshots", component: SnapshotsScreen })
const snapshot = createRoute({ getParentRoute: () => shell, path: "/network/snapshots/$snapshot", component: SnapshotScreen })
const compared = createRoute({ getParentRoute: () => shell, path: "/network/compare/$earlier/$later", component: CompareScreen })
const entities = createRoute({ getParentRoute: () => shell, path: "/entities", component: EntityList })
const names = createRoute({ getParentRoute: () => shell, path: "/entities/names", component: NamesScreen })
const linkage = createRoute({ getParentRoute: () => shell, path: "/entities/linkage", component: ParametersScreen })
const entity = createRoute({ getParentRoute: () => shell, path: "/entities/$entity", component: EntityScreen })
const attribution = createRoute({ getParentRoute: () => shell, path: "/attribution", component: AttributionScreen })
const reviewed = createRoute({ getParentRoute: () => shell, path: "/review", component: ReviewScreen })
const screening = createRoute({ getParentRoute: () => shell, path: "/screening", component: ScreeningScreen })
const why = createRoute({
  getParentRoute: () => shell,
  path: "/why",
  component: WhyScreen,
  validateSearch: (search: Record<string, unknown>): { a?: string; b?: string } => ({
    ...(typeof search.a === "string" ? { a: search.a } : {}),
    ...(typeof search.b === "string" ? { b: search.b } : {}),
  }),
})
const scope = createRoute({ getParentRoute: () => shell, path: "/scope", component: ScopeScreen })
const deviceAlerts = createRoute({ getParentRoute: () => shell, path: "/scope/alerts", component: AlertsScreen })
const candour = createRoute({ getParentRoute: () => shell, path: "/scope/candour", component: CandourScreen })
const device = createRoute({ getParentRoute: () => shell, path: "/scope/$item", component: DeviceScreen })
const markings = createRoute({ getParentRoute: () => shell, path: "/markings", component: MarkingsScreen })
const curve = createRoute({ getParentRoute: () => shell, path: "/curve", component: CurveScreen })
const chain = createRoute({ getParentRoute: () => shell, path: "/chain", component: ChainScreen })
const levers = createRoute({ getParentRoute: () => shell, path: "/levers", component: LeversScreen })
const options = createRoute({ getParentRoute: () => shell, path: "/options", component: OptionsScreen })
const decisions = createRoute({ getParentRoute: () => shell, path: "/decisions", component: DecisionsScreen })
const set = createRoute({ getParentRoute: () => shell, path: "/set", component: SetScreen })
const retention = createRoute({ getParentRoute: () => shell, path: "/retention", component: RetentionScreen })
const stub = createRoute({ getParentRoute: () => shell, path: "/retention/$erasure", component: StubScreen })
const ask = createRoute({
  getParentRoute: () => shell,
  path: "/ask",
  component: AskScreen,
  validateSearch: (search: Record<string, unknown>): { procedure?: string } =>
    typeof search.procedure === "string" ? { procedure: search.procedure } : {},
})

/** The journal is the node's: no investigation stands around it. */
const journal = createRoute({ getParentRoute: () => root, path: "/journal", component: NodeFrame })
const journalList = createRoute({
  getParentRoute: () => journal,
  path: "/",
  component: JournalScreen,
  validateSearch: (search: Record<string, unknown>): Sought => soughtIn(search),
})
const journalEntry = createRoute({ getParentRoute: () => journal, path: "/$tree/$n", component: EntryScreen })
/** What the oversight body counts is the node's, too. */
const oversight = createRoute({ getParentRoute: () => root, path: "/liftings", component: NodeFrame })
const liftings = createRoute({ getParentRoute: () => oversight, path: "/", component: LiftingsScreen })

/** Who deals with safeguards works in no investigation; what is contested stands in its own. */
const care = createRoute({ getParentRoute: () => root, path: "/care", component: CareFrame })
const careStart = createRoute({
  getParentRoute: () => care,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/care/duty" })
  },
})
const duty = createRoute({ getParentRoute: () => care, path: "/duty", component: DutyScreen })
const requests = createRoute({ getParentRoute: () => care, path: "/requests", component: RequestsScreen })
const breaches = createRoute({ getParentRoute: () => care, path: "/breaches", component: BreachesScreen })
const notices = createRoute({ getParentRoute: () => care, path: "/notices", component: NoticesScreen })
const samples = createRoute({ getParentRoute: () => care, path: "/samples", component: SamplesScreen })
const contests = createRoute({ getParentRoute: () => shell, path: "/contests", component: ContestsScreen })
/** Whoever orders an erasure works in no investigation. */
const orders = createRoute({ getParentRoute: () => root, path: "/erasures", component: NodeFrame })
const ordersList = createRoute({ getParentRoute: () => orders, path: "/", component: OrdersScreen })
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: SignInScreen,
  validateSearch: (search: Record<string, unknown>): { failed?: string; back?: string } => ({
    ...(typeof search.failed === "string" ? { failed: search.failed } : {}),
    ...(typeof search.back === "string" && /^\/(?![/\\])/.test(search.back) ? { back: search.back } : {}),
  }),
})
const enrol = createRoute({ getParentRoute: () => root, path: "/enrol", component: EnrolScreen })
const account = createRoute({ getParentRoute: () => root, path: "/account", component: AccountScreen })

const team = createRoute({ getParentRoute: () => shell, path: "/team", component: TeamScreen })
const leaving = createRoute({ getParentRoute: () => shell, path: "/outside", component: OutsideScreen })
const deconfliction = createRoute({ getParentRoute: () => shell, path: "/deconfliction", component: DeconflictionScreen })

/** People, roles and the policy are the node's, as is the desk of who asks all holdings for others. */
const node = createRoute({ getParentRoute: () => root, path: "/node", component: NodeFrame })
const people = createRoute({ getParentRoute: () => node, path: "/people", component: PeopleScreen })
const waysIn = createRoute({ getParentRoute: () => node, path: "/sign-in", component: WaysInScreen })
const desk = createRoute({ getParentRoute: () => node, path: "/cleared", component: DeskScreen })
const policy = createRoute({ getParentRoute: () => node, path: "/policy", component: PolicyScreen })

export const router = createRouter({
  routeTree: root.addChildren([
    picker,
    signIn,
    enrol,
    account,
    journal.addChildren([journalList, journalEntry]),
    care.addChildren([careStart, duty, requests, breaches, notices, samples]),
    orders.addChildren([ordersList]),
    node.addChildren([people, waysIn, desk, policy]),
    oversight.addChildren([liftings]),
    shell.addChildren([
      start,
      intake,
      evidence,
      exhibit,
      record,
      network,
      stages,
      head,
      collect,
      groups,
      sequences,
      snapshots,
      snapshot,
      compared,
      entities,
      names,
      linkage,
      entity,
      attribution,
      reviewed,
      screening,
      why,
      scope,
      deviceAlerts,
      candour,
      device,
      markings,
      curve,
      chain,
      levers,
      options,
      decisions,
      set,
      contests,
      retention,
      stub,
      team,
      leaving,
      deconfliction,
      ask,
    ]),
  ]),
  scrollRestoration: true,
})

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}

function NoPage() {
  const { t } = useTranslation()
  return (
    <main className="picker">
      <p>{t("failure.page")}</p>
      <Go to="/">{t("failure.backToStart")}</Go>
    </main>
  )
}

function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const { invalidate } = useRouter()
  return (
    <main className="picker">
      <p>{t("failure.fault")}</p>
      <FailureNote failure={asFailure(error)} again={() => void invalidate()} />
    </main>
  )
}
