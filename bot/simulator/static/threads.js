// Topics of a forum: General has no thread of its own in messages; elsewhere the thread number decides.

export const GENERAL = 1;

export function threadOf(message) {
  return message.message_thread_id && (message.is_topic_message || message.forum_topic_created) ? message.message_thread_id : GENERAL;
}

export function topicsOf(chat) {
  const topics = chat?.topics ?? [];
  return topics.some((topic) => topic.thread === GENERAL) ? topics : [{ thread: GENERAL, name: "General", closed: false }, ...topics];
}
