// The few words that a phone itself shows, in its owner's language, as Telegram would.

const WORDS = {
  en: {
    start: "Start", restart: "Restart bot", message: "Message", bot: "bot", typing: "typing…", edited: "edited", unread: "Unread messages",
    reply: "Reply", edit: "Edit", copy: "Copy text", copied: "Copied", block: "Stop and block bot", unblock: "Unblock", photo: "Photo", file: "File",
    voice: "Voice message", video: "Video", round: "Video message", sticker: "Sticker", location: "Location", contact: "Contact", audio: "Audio", album: "Album",
    pinned: "Pinned message", empty: "No messages here yet", send: "Send", attach: "Attach", commands: "Commands", keyboard: "Keyboard",
    more: "More", sample: "Sample", choose: "Choose…", cancel: "Cancel", record: "Record a voice message", ok: "OK", link: "Start with a link…", own: "My number", other: "Somebody else",
  },
  nl: {
    start: "Start", restart: "Bot herstarten", message: "Bericht", bot: "bot", typing: "typt…", edited: "bewerkt", unread: "Ongelezen berichten",
    reply: "Antwoorden", edit: "Bewerken", copy: "Tekst kopiëren", copied: "Gekopieerd", block: "Bot stoppen en blokkeren", unblock: "Deblokkeren", photo: "Foto", file: "Bestand",
    voice: "Spraakbericht", video: "Video", round: "Videobericht", sticker: "Sticker", location: "Locatie", contact: "Contact", audio: "Audio", album: "Album",
    pinned: "Vastgezet bericht", empty: "Nog geen berichten", send: "Versturen", attach: "Bijlage", commands: "Opdrachten", keyboard: "Toetsenbord",
    more: "Meer", sample: "Voorbeeld", choose: "Kiezen…", cancel: "Annuleren", record: "Spraakbericht opnemen", ok: "OK", link: "Starten met een link…", own: "Mijn nummer", other: "Iemand anders",
  },
  uk: {
    start: "Почати", restart: "Перезапустити бота", message: "Повідомлення", bot: "бот", typing: "пише…", edited: "змінено", unread: "Непрочитані повідомлення",
    reply: "Відповісти", edit: "Редагувати", copy: "Копіювати текст", copied: "Скопійовано", block: "Зупинити й заблокувати бота", unblock: "Розблокувати", photo: "Фото", file: "Файл",
    voice: "Голосове повідомлення", video: "Відео", round: "Відеоповідомлення", sticker: "Стікер", location: "Місце", contact: "Контакт", audio: "Аудіо", album: "Альбом",
    pinned: "Закріплене повідомлення", empty: "Тут ще немає повідомлень", send: "Надіслати", attach: "Прикріпити", commands: "Команди", keyboard: "Клавіатура",
    more: "Ще", sample: "Зразок", choose: "Вибрати…", cancel: "Скасувати", record: "Записати голосове повідомлення", ok: "Гаразд", link: "Почати за посиланням…", own: "Мій номер", other: "Хтось інший",
  },
  fa: {
    start: "شروع", restart: "شروع دوبارهٔ ربات", message: "پیام", bot: "ربات", typing: "در حال نوشتن…", edited: "ویرایش شد", unread: "پیام‌های ناخوانده",
    reply: "پاسخ", edit: "ویرایش", copy: "کاپی متن", copied: "کاپی شد", block: "توقف و مسدود کردن ربات", unblock: "رفع مسدودی", photo: "عکس", file: "فایل",
    voice: "پیام صوتی", video: "ویدیو", round: "پیام ویدیویی", sticker: "استیکر", location: "موقعیت", contact: "شماره تماس", audio: "صدا", album: "آلبوم",
    pinned: "پیام سنجاق‌شده", empty: "هنوز پیامی نیست", send: "فرستادن", attach: "ضمیمه", commands: "فرمان‌ها", keyboard: "صفحه‌کلید",
    more: "بیشتر", sample: "نمونه", choose: "انتخاب…", cancel: "لغو", record: "ضبط پیام صوتی", ok: "درست است", link: "شروع با لینک…", own: "شمارهٔ من", other: "کس دیگر",
  },
  ps: {
    start: "پیل", restart: "بوټ بیا پیل کړئ", message: "پیغام", bot: "بوټ", typing: "لیکي…", edited: "سم شوی", unread: "نالوستي پیغامونه",
    reply: "ځواب", edit: "سمول", copy: "متن کاپي کړئ", copied: "کاپي شو", block: "بوټ ودروئ او بند یې کړئ", unblock: "بندیز لرې کړئ", photo: "عکس", file: "فایل",
    voice: "غږیز پیغام", video: "ویډیو", round: "ویډیويي پیغام", sticker: "سټیکر", location: "ځای", contact: "د اړیکې شمېره", audio: "غږ", album: "البوم",
    pinned: "ټک شوی پیغام", empty: "تر اوسه پیغام نشته", send: "لېږل", attach: "مل کول", commands: "امرونه", keyboard: "کیبورډ",
    more: "نور", sample: "بېلګه", choose: "ټاکل…", cancel: "لغوه", record: "غږیز پیغام ثبت کړئ", ok: "سمه ده", link: "په لینک پیل…", own: "زما شمېره", other: "بل څوک",
  },
};

const NAMES = { en: "English", nl: "Nederlands", uk: "Українська", fa: "دری", ps: "پښتو", fr: "Français", ar: "العربية", tr: "Türkçe", so: "Soomaali", ti: "ትግርኛ", es: "Español" };

const base = (code) => String(code ?? "en").split(/[-_]/)[0].replace("prs", "fa");

export const wordsFor = (code) => WORDS[base(code)] ?? WORDS.en;
export const languageName = (code) => NAMES[base(code)] ?? String(code ?? "");

export function shortLanguage(code) {
  const name = languageName(code);
  return /^[A-Z]/.test(name) || [...name].length > 5 ? base(code) : name;
}

// Gregorian days and Latin digits in every language, as in Belgium.
const locale = (code) => `${base(code)}-u-ca-gregory-nu-latn`;

const clocks = new Map();

export function clockTime(seconds, code) {
  if (!clocks.has(code)) clocks.set(code, new Intl.DateTimeFormat(locale(code), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
  return clocks.get(code).format(new Date(seconds * 1000));
}

// Browsers have no Pashto of their own for these, and would say them in English.
const DAYS = { ps: { "-1": "پرون", 0: "نن", 1: "سبا" } };

export function dayName(seconds, code) {
  const day = new Date(seconds * 1000);
  const distance = Math.round((new Date(day).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
  if (Math.abs(distance) > 1) return new Intl.DateTimeFormat(locale(code), { day: "numeric", month: "long" }).format(day);
  const own = DAYS[base(code)]?.[distance];
  if (own) return own;
  const word = new Intl.RelativeTimeFormat(locale(code), { numeric: "auto" }).format(distance, "day");
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
