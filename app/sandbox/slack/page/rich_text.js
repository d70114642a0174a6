// rich_text blocks as DOM nodes.

import { formatDate } from "./dates.js";
import { h } from "./dom.js";
import { emoji, link, mention } from "./mrkdwn.js";
import { channelNamed } from "./world.js";

export function richText(block) {
  return h("div", { class: "rich-text" }, block.elements.map(part));
}

function part(one) {
  if (one.type === "rich_text_list") return list(one);
  const tags = { rich_text_preformatted: "pre", rich_text_quote: "blockquote" };
  return h(tags[one.type] ?? "div", {}, one.elements.map(inline));
}

function list(one) {
  const node = h(one.style === "ordered" ? "ol" : "ul", {}, one.elements.map((item) => h("li", {}, item.elements.map(inline))));
  node.style.marginInlineStart = `${(one.indent ?? 0) * 24}px`;
  return node;
}

function inline(one) {
  return styled(one, plain(one));
}

function plain(one) {
  switch (one.type) {
    case "text": return one.text.split("\n").flatMap((line, at) => (at ? [h("br"), line] : [line]));
    case "link": return [link(one.url, one.text ?? one.url)];
    case "user": return [mention(one.user_id)];
    case "channel": return [h("span", { class: "mention" }, `#${channelNamed(one.channel_id)?.name ?? one.channel_id}`)];
    case "emoji": return [emoji(`:${one.name}:`)];
    case "broadcast": return [h("span", { class: "mention loud" }, `@${one.range}`)];
    case "date": return [h("time", {}, formatDate(one.format, one.timestamp, one.fallback ?? ""))];
    default: return [];
  }
}

function styled(one, nodes) {
  const tags = { bold: "b", italic: "i", strike: "s", code: "code", underline: "u" };
  return Object.entries(tags).reduce((inside, [name, tag]) => (one.style?.[name] ? [h(tag, {}, inside)] : inside), nodes);
}
