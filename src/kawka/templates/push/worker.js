// Shows what Kawka notes and opens the date it is about; keeps and fetches nothing.
self.addEventListener("push", (event) => {
  const note = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(note.title || "Kawka", {
      body: note.body || "",
      tag: note.tag,
      data: { url: note.url || "/" },
    }),
  );
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
