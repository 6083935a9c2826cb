import { render } from "preact";
import { App } from "./app";
import { language, onLanguage } from "./language";
import { listen, onNavigate } from "./navigation";

function draw(): void {
  document.documentElement.lang = language();
  render(<App path={location.pathname} query={new URLSearchParams(location.search)} />, document.body);
}

onNavigate(draw);
onLanguage(draw);
listen();
draw();
