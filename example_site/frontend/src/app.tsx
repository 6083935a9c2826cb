/** The frame of every page, and which view an address has. */

import type { VNode } from "preact";
import { decoded, here, REGISTRATION_PATH, SEARCH_PATH, SITE } from "./addresses";
import { readAnnouncement, readArticle, readGathering, readNetwork, resolvePath } from "./api/client";
import type { Reference, Resolved } from "./api/types";
import { choose, language, LANGUAGES } from "./language";
import { Loaded } from "./loading";
import { navigate } from "./navigation";
import { PageFrame } from "./parts/page";
import { text } from "./texts";
import { AnnouncementView } from "./views/announcement";
import { ArticleView } from "./views/article";
import { ArticlesView } from "./views/articles";
import { FrontView } from "./views/front";
import { GatheringView } from "./views/gathering";
import { GatheringsView } from "./views/gatherings";
import { NetworkView } from "./views/network";
import { NewsView } from "./views/news";
import { PreviewView } from "./views/preview";
import { RegistrationView } from "./views/registration";
import { SearchView } from "./views/search";
import { SignUpView } from "./views/sign-up";

interface Address {
  path: string;
  query: URLSearchParams;
}

/** The whole document. */
export function App(address: Address): VNode {
  return (
    <>
      <a class="skip-link" href="#main">
        {text("skip")}
      </a>
      <header class="site-header">
        <p class="site-name">
          <a href="/">Eksempelfylket</a>
        </p>
        <a href={SEARCH_PATH}>{text("search")}</a>
        <LanguageChoice />
      </header>
      <main id="main" tabIndex={-1}>
        <View key={address.path} {...address} />
      </main>
      <footer class="site-footer">
        <p lang="nb">
          Eksempelfylket er et tenkt fylke. Dette er et eksempel på en egen frontend; innholdet kommer fra{" "}
          <a href={SITE}>nettstedet</a>.
        </p>
      </footer>
    </>
  );
}

function View({ path, query }: Address): VNode {
  const token = query.get("token");
  if (path === "/" && token) return <PreviewView token={token} />;
  if (path === "/") return <FrontView query={query} />;
  if (path === SEARCH_PATH) return <SearchView query={query} />;
  if (path === REGISTRATION_PATH) return <RegistrationView />;
  return (
    <Loaded by={path} read={() => resolvePath(decoded(path)).then(followed)}>
      {({ page }) =>
        page ? <PageView page={page} path={path} query={query} /> : <p role="status">{text("loading")}</p>
      }
    </Loaded>
  );
}

/** Follow a redirect that an editor has made. */
function followed(resolved: Resolved): Resolved {
  if (resolved.redirect) {
    const target = here(resolved.redirect.url);
    if (target.startsWith("/")) navigate(target, { replace: true });
    else location.replace(target);
  }
  return resolved;
}

/** Show a page by its type; a type of the site's own that this frontend has no view for is shown by the site. */
function PageView({ page, path, query }: Address & { page: Reference }): VNode {
  const by = path;
  switch (page.type) {
    case "network":
      return (
        <Loaded by={by} read={() => readNetwork(page.id)}>
          {(data) => <NetworkView data={data} />}
        </Loaded>
      );
    case "gathering_index":
      return <GatheringsView page={page} path={path} query={query} />;
    case "gathering":
      if (query.has("signup")) return <SignUpView page={page} path={path} chosen={query.get("signup") ?? ""} />;
      return (
        <Loaded by={by} read={() => readGathering(page.id)}>
          {(data) => <GatheringView gathering={data} />}
        </Loaded>
      );
    case "announcement_index":
      return <NewsView page={page} path={path} query={query} />;
    case "announcement":
      return (
        <Loaded by={by} read={() => readAnnouncement(page.id)}>
          {(data) => <AnnouncementView announcement={data} />}
        </Loaded>
      );
    case "experience_index":
      return <ArticlesView page={page} path={path} query={query} />;
    case "experience":
      return (
        <Loaded by={by} read={() => readArticle(page.id)}>
          {(data) => <ArticleView article={data} />}
        </Loaded>
      );
    default:
      return (
        <PageFrame page={page}>
          <p>
            {text("notOurs")} <a href={SITE + path}>{text("readOnSite")}</a>
          </p>
        </PageFrame>
      );
  }
}

function LanguageChoice(): VNode {
  return (
    <div class="languages" role="group" aria-label={text("languages")}>
      {Object.entries(LANGUAGES).map(([tag, { name }]) => (
        <button
          key={tag}
          type="button"
          lang={tag}
          aria-pressed={tag === language()}
          onClick={() => choose(tag)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
