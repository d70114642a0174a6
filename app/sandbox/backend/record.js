// Shows what the sandbox has recorded, and keeps showing it. All text goes in as text nodes.

import { onMood, showMood } from "./mood.js";

const EVERY = 2000;
const { subject, nothing, idle } = document.body.dataset;
const HEADINGS = ["Time", "Duration", "Person", subject, "Description", "Tags", "Billable", "Source"];
const place = Object.fromEntries(["workspace", "live", "people", "running", "days"].map((id) => [id, document.getElementById(id)]));
let shown = "";
let record = null;
let ahead = 0; // the workspace's clock minus ours, in milliseconds
let person = new URLSearchParams(location.search).get("person");

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

const two = (number) => String(number).padStart(2, "0");
const zoneOf = (entry) => record.people.find((one) => one.id === entry.person)?.timezone ?? "UTC";
const nameOf = (entry) => record.people.find((one) => one.id === entry.person)?.name ?? String(entry.person);

function words(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  if (!hours && !minutes) return `${rest} s`;
  return [hours ? `${hours} h` : "", minutes ? `${minutes} min` : ""].filter(Boolean).join(" ");
}

const clock = (seconds) => `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
const timeOf = (iso, timeZone) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(iso));
const dayOf = (entry) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zoneOf(entry), weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(entry.start));

const none = (text) => make("span", { class: "none" }, text);

function taskOf({ task }) {
  if (!task) return none(nothing);
  const chip = make("code", {}, task.id);
  if (task.color) {
    chip.prepend(make("span", { class: "dot" }));
    chip.firstChild.style.setProperty("--dot", task.color);
  }
  return make("span", {}, chip, ` ${task.name}`);
}

function showPeople() {
  const everyone = [{ id: null, name: "Everyone" }, ...record.people];
  place.people.replaceChildren(...everyone.map(({ id, name }) => {
    const isChosen = String(id) === String(person);
    const button = make("button", { type: "button", "aria-pressed": String(isChosen) }, name);
    button.addEventListener("click", () => {
      person = id;
      history.replaceState(null, "", id === null ? location.pathname : `?person=${id}`);
      show();
      place.people.querySelector("[aria-pressed=true]").focus();
    });
    return button;
  }));
}

function showRunning(entries) {
  const timers = entries.map((entry) => make(
    "article", { class: "timer", "aria-label": `${nameOf(entry)}'s timer` },
    make("span", { class: "elapsed", role: "timer", "data-start": entry.start }),
    taskOf(entry),
    entry.description ? make("span", {}, entry.description) : null,
    make("span", {}, ...entry.tags.map((tag) => make("span", { class: "pill" }, tag))),
    make("span", { class: "who" }, `${nameOf(entry)}, since ${timeOf(entry.start, zoneOf(entry))}`),
  ));
  place.running.replaceChildren(...(timers.length ? timers : [make("p", { class: "empty" }, idle)]));
  tick();
}

function tick() {
  for (const node of place.running.querySelectorAll("[data-start]")) {
    const elapsed = Date.now() + ahead - Date.parse(node.dataset.start);
    node.textContent = clock(Math.max(0, Math.floor(elapsed / 1000)));
  }
}

function row(entry) {
  const zone = zoneOf(entry);
  const cells = [
    entry.timeless ? none("–") : `${timeOf(entry.start, zone)}–${timeOf(entry.end, zone)}`,
    words(entry.seconds),
    nameOf(entry),
    taskOf(entry),
    entry.description || none("–"),
    entry.tags.length ? make("span", {}, ...entry.tags.map((tag) => make("span", { class: "pill" }, tag))) : none("–"),
    entry.billable ? make("span", { class: "pill billable" }, "Billable") : none("–"),
    entry.locked ? `${entry.source}, locked` : entry.source,
  ];
  return make("tr", { role: "row" }, ...cells.map((cell, index) => make("td", { role: "cell", "data-label": HEADINGS[index] }, cell)));
}

function day(name, entries) {
  const total = entries.reduce((sum, entry) => sum + entry.seconds, 0);
  const heads = HEADINGS.map((heading) => make("th", { scope: "col", role: "columnheader" }, heading));
  return make(
    "article", { class: "day", "aria-label": name },
    make("div", {}, make("h3", {}, name), make("p", { class: "total" }, words(total))),
    make(
      "table", { role: "table" },
      make("caption", { class: "unseen" }, `Time entries of ${name}`),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
      make("tbody", { role: "rowgroup" }, ...entries.map(row)),
    ),
  );
}

function showDays(entries) {
  const days = new Map();
  for (const entry of entries) days.set(dayOf(entry), [...(days.get(dayOf(entry)) ?? []), entry]);
  const tables = [...days].map(([name, found]) => day(name, found.reverse()));
  place.days.replaceChildren(...(tables.length ? tables : [make("p", { class: "empty" }, "Nothing has been recorded yet.")]));
}

function show() {
  const entries = record.entries.filter((entry) => person === null || String(entry.person) === String(person));
  place.workspace.textContent = `${record.workspace}, in the sandbox. Times are each person's own.`;
  showPeople();
  showRunning(entries.filter((entry) => entry.running));
  showDays(entries.filter((entry) => !entry.running && entry.end));
}

async function refresh() {
  try {
    const answer = await fetch("sandbox/record");
    record = await answer.json();
    ahead = Date.parse(record.now) - Date.now();
    const lasting = JSON.stringify([record.people, record.entries.map((entry) => (entry.running ? { ...entry, seconds: 0 } : entry))]);
    if (lasting !== shown) show();
    shown = lasting;
    showMood(record.mood);
    say("Live", false);
  } catch {
    say("Not reachable, trying again", true);
  }
}

function say(text, isLost) {
  if (place.live.textContent !== text) place.live.textContent = text;
  place.live.classList.toggle("lost", isLost);
}

async function keepLooking() {
  await refresh();
  setTimeout(keepLooking, EVERY);
}

onMood(refresh);
setInterval(tick, 1000);
keepLooking();
