// A Telegram to test against: the npm package telegram-test-api, with what it lacks and with its faults mended.
//
// It numbers messages and updates at once, dates them in seconds, keeps updates until they are taken (webhook with its
// secret, or long poll with its offset), serves files, holds the real service's limits, and says what people see.
// `node telegram_peer.js <port>`; paths below /_control are for tests alone.
"use strict";
const http = require("http");
const express = require("express");
const TelegramServer = require("telegram-test-api");

const BOT = { id: 666, is_bot: true, first_name: "窓口", username: "TestDeskBot" };
const TEXT_LIMIT = 4096; // UTF-16 units, which is what a string's length counts
const DATA_LIMIT = 64;
const FILE_LIMIT = 20 * 2 ** 20;
const RETRY_MS = 50;
const RETRIES = 60;

class Refusal extends Error {
  constructor(code, description) {
    super(description);
    this.code = code;
  }
}

const refuse = (description, code = 400) => {
  throw new Refusal(code, description);
};

class Peer extends TelegramServer {
  constructor(config) {
    super(config);
    this.waiting = [];
    this.forget();
    const inner = this.webServer;
    this.webServer = express();
    this.webServer.use("/_control/file", express.raw({ type: () => true, limit: "64mb" }));
    this.webServer.use(express.json({ limit: "64mb" }));
    this.addControls(this.webServer);
    this.webServer.all("/file/bot:token/:id", (req, res) => {
      const file = this.files.get(req.params.id);
      return file ? res.type("application/octet-stream").send(file) : res.status(404).end();
    });
    this.webServer.all("/bot:token/:method", (req, res, next) => this.answer(req, res, next));
    this.webServer.use(inner);
  }

  forget() {
    this.updates = [];
    this.waiting.splice(0).forEach((wake) => wake());
    this.files = new Map();
    this.seen = { answered: [], actions: [], left: [], commands: [], calls: [], deliveries: [], texts: [] };
    this.blocked = new Set();
    this.old = new Set();
    this.gone = new Set();
    this.webhooks = {};
    this.storage = { userMessages: [], botMessages: [] };
    return true;
  }

  // --- what people do: the package's own entrances, with numbers taken at once ---------------------------------------

  getCommonFields(token) {
    const fields = super.getCommonFields(token);
    this.messageId += 1;
    this.updateId += 1;
    return fields;
  }

  async addUserUpdate(update) {
    this.storage.userMessages.push(update);
    const formatted = TelegramServer.formatUpdate(update);
    if (formatted.callback_query) formatted.callback_query.chat_instance = "1";
    if (formatted.message) formatted.message.date = Math.floor(update.time / 1000);
    this.bring(formatted, update.botToken);
  }

  bring(update, token) {
    if (this.webhooks[token]) this.deliver(update, this.webhooks[token], token);
    else {
      this.updates.push(update);
      this.waiting.splice(0).forEach((wake) => wake());
    }
  }

  async deliver(update, webhook, token) {
    for (let tried = 0; tried < RETRIES && this.webhooks[token]; tried += 1) {
      const status = await this.call(update, webhook, token);
      this.seen.deliveries.push(status);
      if (status >= 200 && status < 300) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async call(update, webhook, token) {
    const headers = { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": webhook.secret_token || "" };
    try {
      const response = await fetch(webhook.url, { method: "POST", headers, body: JSON.stringify(update) });
      const body = await response.text();
      if (response.ok && body) {
        const { method, ...asked } = JSON.parse(body);
        this.perform(method, asked, token);
      }
      return response.status;
    } catch {
      return 0;
    }
  }

  // --- what the bot asks for ------------------------------------------------------------------------------------------

  async answer(req, res, next) {
    const { token, method } = req.params;
    const asked = { ...req.query, ...req.body };
    this.seen.calls.push(method);
    if (method === "getUpdates") return res.json({ ok: true, result: await this.pending(asked) });
    try {
      const result = this.perform(method, asked, token);
      return result === undefined ? next() : res.json({ ok: true, result });
    } catch (fault) {
      const code = fault instanceof Refusal ? fault.code : 500;
      return res.status(code).json({ ok: false, error_code: code, description: fault.message });
    }
  }

  perform(method, asked, token) {
    const known = METHODS[method];
    if (asked.chat_id && this.blocked.has(Number(asked.chat_id))) refuse("Forbidden: bot was blocked by the user", 403);
    return known ? known(this, asked, token) : undefined;
  }

  async pending({ offset = 0, timeout = 0, limit = 100 }) {
    this.updates = this.updates.filter((update) => update.update_id >= Number(offset));
    if (!this.updates.length && Number(timeout)) {
      await new Promise((resolve) => {
        this.waiting.push(resolve);
        setTimeout(resolve, Number(timeout) * 1000);
      });
    }
    return this.updates.slice(0, Number(limit));
  }

  send(asked, token) {
    this.check(asked);
    const message = this.addBotMessage(asked, token);
    this.seen.texts.push(asked.text);
    return { ...message, from: BOT, date: Math.floor(message.date / 1000) };
  }

  check({ text, entities = [], reply_markup: markup }) {
    if (!text || !text.trim()) refuse("Bad Request: message text is empty");
    if (text.length > TEXT_LIMIT) refuse("Bad Request: message is too long");
    if (entities.some((entity) => entity.offset + entity.length > text.length)) refuse("Bad Request: ENTITY_BOUNDS_INVALID");
    const keys = ((markup && markup.inline_keyboard) || []).flat();
    if (keys.some((key) => Buffer.byteLength(key.callback_data || "") > DATA_LIMIT)) refuse("Bad Request: BUTTON_DATA_INVALID");
    if (keys.some((key) => !key.text || !(key.callback_data || key.copy_text))) refuse("Bad Request: BUTTON_INVALID");
  }

  standing({ chat_id: chat, message_id: id }) {
    const isIt = (each) => each.messageId === Number(id) && Number(each.message.chat_id) === Number(chat);
    return this.storage.botMessages.find(isIt) || refuse("Bad Request: message to edit not found");
  }

  edit(asked) {
    this.check(asked);
    const { message } = this.standing(asked);
    const looks = ({ text, entities, reply_markup: markup }) => JSON.stringify([text, entities || [], markup || null]);
    if (looks(message) === looks(asked)) refuse("Bad Request: message is not modified");
    delete message.reply_markup;
    this.seen.texts.push(asked.text);
    this.editMessageText(asked);
    return this.shown(asked);
  }

  shown({ chat_id: chat, message_id: id, text = "" }) {
    const date = Math.floor(Date.now() / 1000);
    return { message_id: Number(id), date, edit_date: date, from: BOT, chat: { id: Number(chat), type: "private" }, text };
  }

  remove({ chat_id: chat, message_ids: ids }) {
    if (ids.some((id) => this.old.has(id))) refuse("Bad Request: message can't be deleted");
    ids.forEach((id) => {
      this.deleteMessage(Number(chat), id);
      this.gone.add(id);
    });
    return true;
  }

  // --- what tests ask for ---------------------------------------------------------------------------------------------

  chat(id) {
    const theirs = this.storage.userMessages
      .filter((each) => each.message && each.message.chat && each.message.chat.id === id)
      .map((each) => ({ id: each.messageId, bot: false, text: each.message.text || each.message.caption || "", rows: [] }));
    const ours = this.storage.botMessages
      .filter((each) => Number(each.message.chat_id) === id)
      .map(({ messageId, message: { text, entities, reply_markup: markup, protect_content: kept, disable_notification: quiet } }) => ({
        id: messageId, bot: true, text, entities: entities || [], rows: (markup && markup.inline_keyboard) || [],
        protected: Boolean(kept), silent: Boolean(quiet),
      }));
    return [...theirs, ...ours].filter((each) => !this.gone.has(each.id)).sort((one, other) => one.id - other.id);
  }

  addControls(app) {
    app.get("/_control/chat/:id", (req, res) => res.json(this.chat(Number(req.params.id))));
    app.get("/_control/seen", (_req, res) => res.json({ ...this.seen, webhooks: this.webhooks, waiting: this.updates.length }));
    app.post("/_control/forget", (_req, res) => res.json(this.forget()));
    app.post("/_control/file/:id", (req, res) => res.json(Boolean(this.files.set(req.params.id, req.body))));
    app.post("/_control/block/:id", (req, res) => res.json(Boolean(this.blocked.add(Number(req.params.id)))));
    app.post("/_control/unblock/:id", (req, res) => res.json(this.blocked.delete(Number(req.params.id))));
    app.post("/_control/old/:id", (req, res) => res.json(Boolean(this.old.add(Number(req.params.id)))));
    app.post("/_control/update/:token", (req, res) => {
      const { updateId } = this.getCommonFields(req.params.token);
      this.bring({ update_id: updateId, ...req.body }, req.params.token);
      res.json(updateId);
    });
  }
}

const METHODS = {
  getMe: () => BOT,
  sendMessage: (peer, asked, token) => peer.send(asked, token),
  editMessageText: (peer, asked) => peer.edit(asked),
  editMessageReplyMarkup: (peer, asked) => {
    const { message } = peer.standing(asked);
    message.reply_markup = asked.reply_markup;
    return peer.shown({ ...asked, text: message.text });
  },
  deleteMessage: (peer, asked) => peer.remove({ ...asked, message_ids: [asked.message_id] }),
  deleteMessages: (peer, asked) => peer.remove(asked),
  answerCallbackQuery: (peer, asked) => Boolean(peer.seen.answered.push(asked.callback_query_id)),
  sendChatAction: (peer, asked) => Boolean(peer.seen.actions.push(asked.action)),
  setMyCommands: (peer, asked) => Boolean(peer.seen.commands.push(asked)),
  leaveChat: (peer, asked) => Boolean(peer.seen.left.push(asked.chat_id)),
  setWebhook: (peer, asked, token) => {
    peer.setWebhook(asked, token);
    peer.updates.splice(0).forEach((update) => peer.bring(update, token));
    return true;
  },
  deleteWebhook: (peer, _asked, token) => {
    peer.deleteWebhook(token);
    return true;
  },
  getFile: (peer, asked) => {
    const file = peer.files.get(asked.file_id) || refuse("Bad Request: invalid file_id");
    if (file.length > FILE_LIMIT) refuse("Bad Request: file is too big");
    return { file_id: asked.file_id, file_unique_id: asked.file_id, file_size: file.length, file_path: asked.file_id };
  },
};

const port = Number(process.argv[2]);
new Peer({ host: "127.0.0.1", port, storeTimeout: 3600 }).start().then(() => process.stdout.write("ready\n"));
// Whoever started it is gone.
process.stdin.on("end", () => process.exit()).resume();
