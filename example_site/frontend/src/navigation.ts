/** Going from page to page without loading the document anew: links are ordinary links, and "back" works. */

type Listener = () => void;

const listeners: Listener[] = [];
let hasMoved = false;

/** Have a function called whenever the address changes. */
export function onNavigate(listener: Listener): void {
  listeners.push(listener);
}

/** Whether the reader has gone on from the page that was opened first; focus is moved only then. */
export function hasNavigated(): boolean {
  return hasMoved;
}

/** Go to a path of ours. */
export function navigate(path: string, { replace = false } = {}): void {
  const isSamePage = new URL(path, location.href).pathname === location.pathname;
  history[replace ? "replaceState" : "pushState"](null, "", path);
  if (!isSamePage) scrollTo(0, 0);
  tell();
}

/** Let links between our pages be followed without a new document, and "back" and "forward" show what was there. */
export function listen(): void {
  addEventListener("popstate", tell);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || !isPlainClick(event) || !isPage(link)) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

function tell(): void {
  hasMoved = true;
  for (const listener of listeners) listener();
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function isPage(link: HTMLAnchorElement): boolean {
  return link.origin === location.origin && !link.hash && !link.target && !link.hasAttribute("download");
}
