// Starts the page and redraws what a change touches.

import { drawBar, redrawBar } from "./bar.js";
import { drawModal } from "./modal.js";
import { drawComposerAgain, drawMessages, drawPane } from "./pane.js";
import { drawSidebar } from "./sidebar.js";
import { become, onChange, world } from "./world.js";

let lastPlace = "";

export function redraw(change = { everything: true }) {
  const place = `${world.about.me} ${world.place} ${world.tab}`;
  if (change.everything || place !== lastPlace) {
    drawBar();
    drawPane();
  } else {
    if (change.home && world.tab === "home") redrawHome();
    redrawBar();
    if (change.is_about_new) redrawAbout();
    if (change.messages?.length || change.gone?.length || change.is_about_new) drawMessages(change);
  }
  lastPlace = place;
  drawSidebar();
  drawModal();
  if (change.notice) toast(change.notice);
}

// The clock or somebody changed: what is typed, and where the focus is, stay.
function redrawAbout() {
  drawComposerAgain();
  document.dispatchEvent(new Event("about"));
}

function redrawHome() {
  const top = document.querySelector(".app-page")?.scrollTop ?? 0;
  drawPane();
  const page = document.querySelector(".app-page");
  if (page) page.scrollTop = top;
}

function toast(sentence) {
  const node = document.createElement("div");
  node.className = "toast";
  node.setAttribute("role", "alert");
  node.textContent = `⚠\uFE0E ${sentence}`;
  document.getElementById("layers").append(node);
  setTimeout(() => node.remove(), 5000);
}

onChange(redraw);
document.addEventListener("go", () => redraw());
become(world.me);
