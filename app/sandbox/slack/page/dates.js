// Times as Slack shows them, in the zone of the person who looks.

import { myself, now } from "./world.js";

const zoned = (seconds, options) =>
  new Intl.DateTimeFormat("en-US", { timeZone: myself().timezone, ...options }).format(new Date(seconds * 1000));

export const dayOf = (seconds) => zoned(seconds, { year: "numeric", month: "2-digit", day: "2-digit" });

function near(seconds) {
  const day = dayOf(seconds);
  if (day === dayOf(now())) return "today";
  if (day === dayOf(now() - 86400)) return "yesterday";
  return day === dayOf(now() + 86400) ? "tomorrow" : null;
}

export const clockTime = (seconds) => zoned(seconds, { hour: "numeric", minute: "2-digit" });

export function dayName(seconds) {
  const word = near(seconds);
  return word ? word[0].toUpperCase() + word.slice(1) : zoned(seconds, { weekday: "long", month: "long", day: "numeric" });
}

export function formatDate(form, seconds, fallback) {
  if (!Number.isFinite(seconds)) return fallback;
  const long = { year: "numeric", month: "long", day: "numeric" };
  const forms = {
    date_num: () => `${zoned(seconds, { year: "numeric" })}-${zoned(seconds, { month: "2-digit" })}-${zoned(seconds, { day: "2-digit" })}`,
    date_slash: () => dayOf(seconds),
    date: () => zoned(seconds, long),
    date_short: () => zoned(seconds, { ...long, month: "short" }),
    date_long: () => zoned(seconds, { ...long, weekday: "long" }),
    time: () => clockTime(seconds),
    time_secs: () => zoned(seconds, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  };
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name.endsWith("_pretty")) return near(seconds) ?? forms[name.slice(0, -7)]?.() ?? whole;
    return forms[name]?.() ?? whole;
  });
}
