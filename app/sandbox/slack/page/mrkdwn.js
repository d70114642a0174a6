// Slack's markup as DOM nodes.

import { formatDate } from "./dates.js";
import { h } from "./dom.js";
import { channelNamed, nameOf, world } from "./world.js";

const INLINE = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>]+)>|(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\w*])|(?<!\w)_(?!\s)([^_\n]+?)(?<!\s)_(?!\w)|(?<![\w~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\w~])|:([a-z0-9_+-]+):|\n/g;

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => world.about.emoji[name] ?? whole);

export function mrkdwn(text) {
  const parts = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) parts.push(h("blockquote", {}, inline(quoted.join("\n"))));
    quoted = [];
  };
  let plain = [];
  const settle = () => {
    if (plain.length) parts.push(...inline(plain.join("\n")));
    plain = [];
  };
  let isInCode = false;
  for (const line of text.split("\n")) {
    const quote = !isInCode && line.match(/^(?:&gt;|>) ?(.*)$/);
    if ((line.match(/```/g) || []).length % 2) isInCode = !isInCode;
    if (quote) { settle(); quoted.push(quote[1]); } else { flush(); plain.push(line); }
  }
  settle();
  flush();
  return parts;
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) nodes.push(unescape(text.slice(end, match.index)));
    nodes.push(span(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(unescape(text.slice(end)));
  return nodes;
}

function span([whole, fence, code, angle, bold, italic, strike, name]) {
  if (fence !== undefined) return h("pre", {}, code_text(fence.replace(/^\n|\n$/g, "")));
  if (code !== undefined) return h("code", {}, code_text(code));
  if (angle !== undefined) return target(angle);
  if (bold !== undefined) return h("b", {}, inline(bold));
  if (italic !== undefined) return h("i", {}, inline(italic));
  if (strike !== undefined) return h("s", {}, inline(strike));
  if (name !== undefined) return world.about.emoji[name] ? h("span", { class: "emoji", title: whole }, world.about.emoji[name]) : whole;
  return h("br");
}

const code_text = (text) => unescape(text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, at, label) => label || at));

function target(inside) {
  const [to, label] = inside.includes("|") ? [inside.slice(0, inside.indexOf("|")), inside.slice(inside.indexOf("|") + 1)] : [inside, ""];
  if (to.startsWith("@")) return mention(to.slice(1), label);
  if (to.startsWith("#")) return h("span", { class: "mention" }, `#${channelNamed(to.slice(1))?.name ?? (label || "private channel")}`);
  if (to.startsWith("!date^")) return date(to, label);
  if (to.startsWith("!subteam^")) return h("span", { class: "mention" }, label || "@group");
  if (to.startsWith("!")) return h("span", { class: "mention loud" }, `@${to.slice(1)}`);
  return link(unescape(to), unescape(label || to.replace(/^mailto:/, "")));
}

export function mention(id, label = "") {
  const name = nameOf(id);
  return h("span", { class: id === world.about.me ? "mention loud" : "mention" }, `@${name === id && label ? label : name}`);
}

export function link(url, label) {
  const isSafe = /^(https?|mailto|slack):/i.test(url);
  return isSafe ? h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, label) : h("span", {}, label);
}

function date(to, fallback) {
  const [, seconds, form, url] = to.split("^");
  const text = formatDate(form ?? "", Number(seconds), unescape(fallback));
  return url ? link(url, text) : h("time", {}, text);
}

export function text(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : [object.emoji === false ? object.text : emoji(object.text)];
}

export const words = (object) => (object ? emoji(object.text) : "");
