// The sandbox's clock in the bar, and the panel that sets it for everything at once.

import { fill, h, icon } from "./dom.js";
import { hang } from "./menu.js";
import { act, myself, now, world } from "./world.js";

const HOUR = 3600;
const LAST_MINUTES = "16:45"; // when the app looks at the day
let shown = null;

const zoned = (seconds, options) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: myself().timezone, ...options }).format(new Date(seconds * 1000)).replace(",", "");
const day = (seconds) => zoned(seconds, { weekday: "short", day: "numeric", month: "short" });
export const time = (seconds) => zoned(seconds, { hour: "2-digit", minute: "2-digit" });
const date = (seconds) => new Intl.DateTimeFormat("en-CA", { timeZone: myself().timezone }).format(new Date(seconds * 1000));
const weekday = (seconds) => zoned(seconds, { weekday: "short" });
export const moment = (seconds) => (date(seconds) === date(now()) ? time(seconds) : `${weekday(seconds)} ${time(seconds)}`);
const later = (isoDate, days) => new Date(Date.parse(isoDate) + days * 24 * HOUR * 1000).toISOString().slice(0, 10);
const isWeekend = (isoDate) => [0, 6].includes(new Date(isoDate).getUTCDay());
export const city = (zone) => zone.split("/").pop().replaceAll("_", " ");

export function drawClock() {
  const { is_settable: isSettable, is_set: isSet } = world.about.clock;
  shown = h("span", { class: "clock-words" });
  const inside = [icon("clock", 15), shown];
  const title = isSet ? "The sandbox's clock was set" : "The sandbox's clock";
  const clock = isSettable
    ? h("button", { type: "button", class: `clock${isSet ? " set" : ""}`, title, "aria-haspopup": "dialog", onclick: () => openClock(clock) }, inside)
    : h("span", { class: "clock", title: "The sandbox's clock" }, inside);
  tick();
  return clock;
}

export function redrawClock() {
  document.querySelector("#bar .clock")?.classList.toggle("set", world.about.clock.is_set);
  tick();
}

function tick() {
  if (!shown || !world.about) return;
  const words = `${day(now())} ${time(now())}`;
  if (shown.dataset.words === words) return;
  shown.dataset.words = words;
  fill(shown, h("span", { class: "clock-day" }, day(now())), h("b", {}, time(now())));
}

setInterval(tick, 1000);

function openClock(anchor) {
  const dateField = h("input", { type: "date", "aria-label": "Date", required: true, value: date(now()) });
  const timeField = h("input", { class: "time", "aria-label": "Time", required: true, pattern: "([01]?[0-9]|2[0-3]):[0-5][0-9]", maxlength: 5, inputmode: "numeric", title: "Hours and minutes, like 16:44", value: time(now()) });
  const form = h("form", { class: "clock-fields" }, dateField, timeField, h("button", { type: "submit", class: "button primary" }, "Set"));
  const set = (how) => { close(); anchor.focus(); act("clock", how); };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    set({ local: `${dateField.value}T${timeField.value.padStart(5, "0")}` });
  });
  const panel = h("div", { class: "menu panel", role: "dialog", "aria-label": "Set the clock" },
    h("div", { class: "panel-head" }, h("b", {}, "Set the clock"), h("span", { class: "quiet" }, `${city(myself().timezone)} time`)),
    form, h("div", { class: "steps" }, steps().map((step) => h("button", { type: "button", class: "menu-item step", onclick: () => set(step.how) },
      h("span", {}, step.label), h("span", { class: "menu-note" }, step.note)))),
    h("p", { class: "panel-foot" }, "Slack, the app and the time-tracking systems follow it."));
  const close = hang(anchor, panel);
  timeField.select();
}

function steps() {
  const today = date(now()), inAnHour = now() + HOUR;
  const isOver = time(now()) >= LAST_MINUTES;
  let end = isOver ? later(today, 1) : today;
  while (isWeekend(end)) end = later(end, 1);
  const tomorrow = later(today, 1);
  const named = (isoDate) => day(Date.parse(`${isoDate}T12:00Z`) / 1000);
  return [
    { label: "+1 h", note: time(inAnHour), how: { seconds: HOUR } },
    { label: `End of day (${LAST_MINUTES})`, note: end === today ? "Today" : named(end), how: { local: `${end}T${LAST_MINUTES}` } },
    { label: "Tomorrow 9:00", note: named(tomorrow), how: { local: `${tomorrow}T09:00` } },
    ...(world.about.clock.is_set ? [{ label: "Back to now", note: `${day(Date.now() / 1000)} ${time(Date.now() / 1000)}`, how: {} }] : []),
  ];
}
