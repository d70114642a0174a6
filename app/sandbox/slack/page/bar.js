// The sandbox's own strip at the top: the caller's links, the clock, and who you are.

import { drawClock, redrawClock } from "./clock.js";
import { h, icon, fill } from "./dom.js";
import { openMenu } from "./menu.js";
import { marks, openProfile, standing } from "./profile.js";
import { become, myself, world } from "./world.js";

const MOST = 40; // people in the menu: a crowd is for measuring, nobody looks for a face in it

export function drawBar() {
  const me = h("button", { type: "button", class: "who", "aria-haspopup": "menu" },
    h("span", { class: "who-words" }, "You are "), h("b", {}, myself().name), h("span", { class: "who-marks", "aria-hidden": "true" }, marks(myself())), icon("down", 14));
  const isOnlyTeam = new Set(world.about.everyone.map((person) => person.team)).size === 1;
  me.addEventListener("click", () => openMenu(me, [
    ...world.about.everyone.slice(0, MOST).map((person) => ({
      label: person.name,
      note: [person.real_name, person.timezone, !isOnlyTeam && person.team, standing(person)].filter(Boolean).join(" · "),
      pick: () => become(isOnlyTeam ? person.name : person.id),
    })),
    { label: "My status and time zone…", isApart: true, pick: () => openProfile(me) },
  ]));
  const toggle = h("button", { type: "button", class: "toggle", "aria-label": "Channels and apps", onclick: () => document.body.classList.toggle("sidebar-open") }, icon("menu"));
  fill(document.getElementById("bar"), toggle, h("span", { class: "sandbox-word" }, "Sandbox"),
    h("span", { class: "links" }, world.about.links.map((one) => h("a", { href: one.url, target: "_blank", rel: "noopener" }, `${one.label} ↗\uFE0E`))),
    drawClock(), me);
}

// After the clock or a person changed: the words alone, so that nothing loses its focus.
export function redrawBar() {
  redrawClock();
  document.querySelector("#bar .who-marks").textContent = marks(myself());
}
