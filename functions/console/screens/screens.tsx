import { lazy, Suspense } from "react";
import { Link, Route, Switch } from "wouter";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { Shell } from "../shell/shell.tsx";
import { Home } from "./home.tsx";

const AllDisputes = lazy(() => import("../disputes/all-disputes.tsx"));
const Campaigns = lazy(() => import("./campaigns.tsx"));
const InboxPage = lazy(() => import("../inbox/inbox-page.tsx"));
const FactPage = lazy(() => import("../inbox/fact-page.tsx"));
const SourcesPage = lazy(() => import("../sources/sources-page.tsx"));
const SourcePage = lazy(() => import("../sources/source-page.tsx"));
const ApprovalsScreen = lazy(() => import("../approvals/approvals-screen.tsx"));
const NewCampaign = lazy(() => import("../plan/new-campaign.tsx"));
const PeopleScreen = lazy(() => import("../people/people-screen.tsx"));
const OrganisationScreen = lazy(() => import("../organisation/organisation-screen.tsx"));
const ImportsPage = lazy(() => import("../imports/imports-page.tsx"));
const ImportPage = lazy(() => import("../imports/import-page.tsx"));
const ChannelsPage = lazy(() => import("../channels/channels-page.tsx"));
const ChannelPage = lazy(() => import("../channels/channel-page.tsx"));
const AuditScreen = lazy(() => import("../audit/audit-screen.tsx"));
const SettingsScreen = lazy(() => import("../settings/settings-screen.tsx"));
const CampaignPage = lazy(() => import("../campaign/campaign-page.tsx"));

/** Addresses of whole screens. Each is fetched when it is opened. */
const SCREENS = [
  { path: "/campaigns", screen: Campaigns },
  { path: "/campaigns/new", screen: NewCampaign },
  { path: "/approvals/:shown?", screen: ApprovalsScreen },
  { path: "/disputes", screen: AllDisputes },
  { path: "/inbox", screen: InboxPage },
  { path: "/facts/*", screen: FactPage },
  { path: "/sources", screen: SourcesPage },
  { path: "/sources/*", screen: SourcePage },
  { path: "/people/:person?", screen: PeopleScreen },
  { path: "/organisation/:unit?", screen: OrganisationScreen },
  { path: "/imports", screen: ImportsPage },
  { path: "/imports/:import", screen: ImportPage },
  { path: "/channels", screen: ChannelsPage },
  { path: "/channels/*", screen: ChannelPage },
  { path: "/audit", screen: AuditScreen },
  { path: "/settings/:part?", screen: SettingsScreen },
] as const;

/** `jiangxi-travel-2018/statement/participant/a-1`: a campaign, its tab, and what the tab shows. */
function OneCampaign({ path }: { readonly path: string }) {
  const [campaign = "", tab, ...rest] = path.split("/").map(decoded);
  return <CampaignPage campaign={campaign} tab={tab} rest={rest} />;
}

/** As it stands where the router has decoded it already. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Which screen an address shows. Home is in the first load, the others are fetched when they are opened. */
export function Screens() {
  const { t } = useLanguage();
  return (
    <Shell>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/" component={Home} />
          {SCREENS.map(({ path, screen }) => (
            <Route key={path} path={path} component={screen} />
          ))}
          <Route path="/campaigns/*">{({ "*": rest }) => <OneCampaign path={rest} />}</Route>
          <Route>
            <EmptyView title={t("notFound.title")} next="">
              <Link href="/">{t("notFound.next")}</Link>
            </EmptyView>
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  );
}
