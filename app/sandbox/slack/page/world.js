// What this person sees, kept up to date by the stream, and everything they can do about it.

export const world = {
  about: null, // the workspace: people, channels, commands, shortcuts
  messages: new Map(), // "channel ts" -> message
  views: [],
  home: null,
  notice: "",
  revision: 0,
  ahead: 0, // seconds that the sandbox's clock is ahead of this browser's
  told: 0, // what the sandbox's clock said last
  me: localStorage.getItem("person") || "Ada",
  place: "", // a channel's id
  tab: "messages", // of the app: home, messages, about
  seen: new Map(), // channel id -> the order of the newest message that was on screen
};

let whenChanged = () => {};
let socket = null;

export function onChange(listener) {
  whenChanged = listener;
}

export async function become(name) {
  socket?.close();
  const about = await describe(name);
  if (!about) return name === "Ada" ? null : become("Ada");
  world.about = about;
  Object.assign(world, { me: name, views: [], home: null, notice: "", revision: 0, messages: new Map(), seen: new Map() });
  localStorage.setItem("person", name);
  const places = world.about.channels.map((channel) => channel.id);
  if (!places.includes(world.place)) world.place = world.about.channels[0]?.id;
  await merge(await (await fetch(`/client/changes?person=${encodeURIComponent(name)}`)).json());
  for (const message of world.messages.values()) see(message);
  listen();
  whenChanged({ everything: true });
}

function listen() {
  const person = encodeURIComponent(world.about.me);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = new WebSocket(`${scheme}://${location.host}/client/stream?person=${person}&after=${world.revision}`);
  socket = mine;
  mine.onmessage = async (event) => {
    if (socket !== mine) return;
    const fresh = merge(JSON.parse(event.data));
    if (fresh.is_about_new) world.about = (await describe(world.me)) ?? world.about;
    if (socket === mine) whenChanged(fresh);
  };
  mine.onclose = () => { if (socket === mine) setTimeout(() => become(world.me).catch(() => mine.onclose()), 1500); };
}

async function describe(name) {
  const answer = await fetch(`/client/world?person=${encodeURIComponent(name)}`);
  return answer.ok ? answer.json() : null;
}

function merge(fresh) {
  world.revision = fresh.revision;
  world.told = fresh.now;
  world.ahead = fresh.now - Date.now() / 1000;
  for (const message of fresh.messages) world.messages.set(`${message.channel} ${message.ts}`, message);
  for (const gone of fresh.gone) world.messages.delete(`${gone.channel} ${gone.ts}`);
  if (fresh.views) world.views = fresh.views;
  if (fresh.home) world.home = fresh.home;
  if (fresh.notice) world.notice = fresh.notice;
  return fresh;
}

export async function act(deed, body = {}) {
  const answer = await fetch(`/client/${deed}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person: world.about.me, ...body }),
  });
  return answer.json();
}

// In seconds, as the timestamps of messages. A clock that nobody can set here moves only when it is told to.
export const now = () => (world.about.clock.is_settable ? Date.now() / 1000 + world.ahead : world.told);

export function see(message) {
  world.seen.set(message.channel, Math.max(world.seen.get(message.channel) ?? 0, message.order));
}

export function unread(channel) {
  const seen = world.seen.get(channel) ?? 0;
  return [...world.messages.values()].filter(
    (message) => message.channel === channel && message.order > seen && message.author !== world.about.me,
  ).length;
}

export const nameOf = (id) => {
  if (id === world.about.app.user) return world.about.app.name;
  if (id === "USLACKBOT") return "Slackbot";
  return world.about.people.find((person) => person.id === id)?.name ?? id;
};
export const channelNamed = (id) => world.about.channels.find((channel) => channel.id === id);
export const myself = () => world.about.people.find((person) => person.id === world.about.me);
