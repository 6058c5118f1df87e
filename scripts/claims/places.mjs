// Every place in which a page can leave something in a browser, and what lies in each.

/** What lies in every place of storage of a page's origin, by place; places with nothing in them are left out. */
export async function places(context, page) {
  const found = await page.evaluate(async () => {
    const found = {};
    const note = (place, rows) => rows.length > 0 && (found[place] = rows);
    const plain = (value) => (value instanceof Uint8Array ? { bytes: btoa(String.fromCharCode(...value)) } : value);
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      found[`database ${name}`] = [...database.objectStoreNames];
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        const [keys, values] = [rows.getAllKeys(), rows.getAll()];
        await new Promise((resolve) => (values.onsuccess = resolve));
        note(`indexedDB/${name}/${store}`, keys.result.map((key, at) => ({ key, value: plain(values.result[at]) })));
      }
      database.close();
    }
    note('localStorage', Object.entries(localStorage));
    note('sessionStorage', Object.entries(sessionStorage));
    note('document.cookie', document.cookie ? [document.cookie] : []);
    for (const name of await caches.keys()) note(`caches/${name}`, (await (await caches.open(name)).keys()).map(({ url }) => url).concat(name));
    const files = async (folder, path) => {
      for await (const [name, handle] of folder.entries()) {
        note(`files${path}/${name}`, [handle.kind]);
        if (handle.kind === 'directory') await files(handle, `${path}/${name}`);
      }
    };
    await files(await navigator.storage.getDirectory(), '');
    note('storage buckets', (await navigator.storageBuckets?.keys()) ?? []);
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    note('service workers', workers.map(({ scope }) => scope));
    const pushes = await Promise.all(workers.map((worker) => worker.pushManager?.getSubscription()));
    note('push subscriptions', pushes.filter(Boolean).map(({ endpoint }) => endpoint));
    note('window.name', window.name ? [window.name] : []);
    return found;
  });
  // What the page itself cannot see, and the browser's own count of what it keeps for the origin, by kind.
  const session = await context.newCDPSession(page);
  const { cookies } = await session.send('Storage.getCookies');
  if (cookies.length > 0) found['cookies'] = cookies;
  const { usageBreakdown } = await session.send('Storage.getUsageAndQuota', { origin: new URL(page.url()).origin });
  for (const { storageType, usage } of usageBreakdown) if (usage > 0 && storageType !== 'indexeddb') found[`the browser's count of ${storageType}`] = [usage];
  await session.detach();
  return found;
}
