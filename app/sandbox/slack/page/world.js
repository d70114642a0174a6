// What this person sees, kept up to date by the stream, and everything they can do about it.

export const world = {
  about: null, // the workspace: people, channels, commands, shortcuts
  messages: new Map(), // "channel ts" -> message
  views: [],
  home: null,
  notice: "",
  revision: 0,
  now: 0,
  me: localStorage.getItem("person") || "Ada",
  place: "", // a channel's id
  tab: "messages", // of the app: home, messages, about
  seen: new Map(), // channel id -> the newest ts that was on screen
};

let whenChanged = () => {};
let socket = null;

export function onChange(listener) {
  whenChanged = listener;
}

export async function become(name) {
  socket?.close();
  const answer = await fetch(`/client/world?person=${encodeURIComponent(name)}`);
  if (!answer.ok) return name === "Ada" ? null : become("Ada");
  world.about = await answer.json();
  Object.assign(world, { me: name, views: [], home: null, notice: "", revision: 0, messages: new Map(), seen: new Map() });
  localStorage.setItem("person", name);
  const places = world.about.channels.map((channel) => channel.id);
  if (!places.includes(world.place)) world.place = world.about.channels[0]?.id;
  await merge(await (await fetch(`/client/changes?person=${encodeURIComponent(name)}`)).json());
  for (const message of world.messages.values()) see(message.channel, message.ts);
  listen();
  whenChanged({ everything: true });
}

function listen() {
  const person = encodeURIComponent(world.about.me);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = new WebSocket(`${scheme}://${location.host}/client/stream?person=${person}&after=${world.revision}`);
  socket = mine;
  mine.onmessage = (event) => { if (socket === mine) whenChanged(merge(JSON.parse(event.data))); };
  mine.onclose = () => { if (socket === mine) setTimeout(() => become(world.me).catch(() => mine.onclose()), 1500); };
}

function merge(fresh) {
  world.revision = fresh.revision;
  world.now = fresh.now;
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

export function see(channel, ts) {
  if ((world.seen.get(channel) || "") < ts) world.seen.set(channel, ts);
}

export function unread(channel) {
  const seen = world.seen.get(channel) || "";
  return [...world.messages.values()].filter(
    (message) => message.channel === channel && message.ts > seen && message.author !== world.about.me,
  ).length;
}

export const nameOf = (id) => {
  if (id === world.about.app.user) return world.about.app.name;
  if (id === "USLACKBOT") return "Slackbot";
  return world.about.people.find((person) => person.id === id)?.name ?? id;
};
export const channelNamed = (id) => world.about.channels.find((channel) => channel.id === id);
export const myself = () => world.about.people.find((person) => person.id === world.about.me);
