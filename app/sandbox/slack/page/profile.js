// What a person tells Slack of themselves: their status, whether they want quiet, where they are.

import { city, moment, time } from "./clock.js";
import { h } from "./dom.js";
import { hang } from "./menu.js";
import { avatar } from "./messages.js";
import { act, myself, now, world } from "./world.js";

const STATUSES = [
  { emoji: ":spiral_calendar_pad:", text: "In a meeting", until: "hour" },
  { emoji: ":face_with_thermometer:", text: "Out sick", until: "midnight" },
  { emoji: ":palm_tree:", text: "Vacationing", until: null },
];
const LENGTHS = [["", "Until I clear it"], ["hour", "For an hour"], ["midnight", "Today"]];
const ZONES = ["Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo"];

const drawn = (emoji) => world.about.emoji[emoji.replaceAll(":", "")] ?? emoji;

// “🌴” or “💤” beside the name, as Slack shows them.
export function marks(person) {
  if (person.is_deactivated) return "";
  return [person.status_emoji && drawn(person.status_emoji), person.paused_until > now() && "💤"].filter(Boolean).join(" ");
}

// “🌴 Vacationing · quiet until 17:44”, or nothing.
export function standing(person) {
  if (person.is_deactivated) return "deactivated";
  return [
    person.status_emoji && `${drawn(person.status_emoji)} ${person.status}`,
    person.paused_until > now() && `quiet until ${moment(person.paused_until)}`,
  ].filter(Boolean).join(" · ");
}

export function openProfile(anchor) {
  const panel = h("div", { class: "menu panel", role: "dialog", "aria-label": "My status and time zone" });
  const draw = () => {
    if (!panel.isConnected) return document.removeEventListener("about", draw);
    const focused = document.activeElement.dataset.key;
    panel.replaceChildren(...inside(act));
    (panel.querySelector(`[data-key="${focused}"]`) ?? panel.querySelector("button")).focus();
  };
  hang(anchor, panel, () => {}, draw);
  document.addEventListener("about", draw);
}

function inside(change) {
  const me = myself();
  return [
    h("div", { class: "panel-head person" }, avatar(me.id), h("span", {}, h("b", {}, me.real_name),
      h("span", { class: "quiet" }, [`${time(now())} in ${city(me.timezone)}`, standing(me)].filter(Boolean).join(" · ")))),
    ...(me.is_deactivated ? [] : [...statuses(me, change), ...quiet(me, change), ...zone(me, change)]),
    account(me, change),
  ];
}

function statuses(me, change) {
  const chosen = STATUSES.find((one) => one.emoji === me.status_emoji);
  const pills = STATUSES.map((one) => h("button", {
    type: "button", class: "pill", data: { key: one.emoji }, "aria-pressed": String(one === chosen),
    onclick: () => change("status", one === chosen ? { emoji: "" } : one),
  }, `${drawn(one.emoji)} ${one.text}`));
  const length = h("select", { data: { key: "length" }, "aria-label": "How long", onchange: () => change("status", { ...chosen, until: length.value || null }) },
    LENGTHS.map(([value, label]) => h("option", { value }, label)));
  if (chosen) length.value = lengthOf(me);
  return [h("h3", {}, "Status"), h("div", { class: "pills" }, pills), chosen && h("div", { class: "panel-row" }, length)].filter(Boolean);
}

function lengthOf(me) {
  if (!me.status_until) return "";
  return me.status_until - now() <= 3600 ? "hour" : "midnight";
}

function quiet(me, change) {
  const isQuiet = me.paused_until > now();
  const choices = isQuiet
    ? [["Resume", null]]
    : [["For an hour", "hour"], ["Until tomorrow", "morning"]];
  return [h("h3", {}, isQuiet ? "Notifications are paused" : "Pause notifications"),
    h("div", { class: "pills" }, choices.map(([label, until]) => h("button", { type: "button", class: "pill", data: { key: "quiet" }, onclick: () => change("pause", { until }) }, label)))];
}

function zone(me, change) {
  const zones = ZONES.includes(me.timezone) ? ZONES : [me.timezone, ...ZONES];
  const select = h("select", { data: { key: "zone" }, "aria-label": "Time zone", onchange: () => change("travel", { timezone: select.value }) },
    zones.map((one) => h("option", { value: one }, city(one))));
  select.value = me.timezone;
  return [h("h3", {}, "Time zone"), h("div", { class: "panel-row" }, select)];
}

function account(me, change) {
  const label = me.is_deactivated ? "Activate the account again" : "Deactivate the account";
  return h("button", { type: "button", class: "menu-item apart", data: { key: "account" }, onclick: () => change("account", { is_deactivated: !me.is_deactivated }) }, label);
}
