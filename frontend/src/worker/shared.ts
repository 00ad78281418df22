/**
 * Pictures that another app shares with the installed page. A share is a form that is posted to the page's own address;
 * it is kept here as it came, until the page asks for it, once. The server never receives it.
 *
 * Any site can make a browser post here: no more comes of it than of a picture that the visitor chooses. One is searched for,
 * several are listed and searched for when the visitor says so; what another app has shared but the page not yet taken is lost.
 */
import { isLeftBehind, SHARE, SHARED } from './rules'

/** Says when it came. */
const AT = 'X-Shared-At'

/** Keeps the form and leads to the page, which asks for it by its number. */
export async function keepShared(request: Request): Promise<Response> {
  const id = crypto.randomUUID()
  try {
    await forgetShared()
    const headers = { 'Content-Type': request.headers.get('Content-Type') ?? '', [AT]: String(Date.now()) }
    const form = new Response(await request.blob(), { headers })
    await (await caches.open(SHARED)).put(`${SHARE}/${id}`, form)
  } catch (error) {
    // A device that is full: the page does not find it, and asks for the picture.
    console.info(error)
  }
  return Response.redirect(`/?shared=${id}`, 303)
}

/** The form, which is then no longer here. */
export async function giveShared(path: string): Promise<Response> {
  const kept = await (await caches.open(SHARED)).match(path)
  if (!kept) return new Response(null, { status: 404 })
  const form = new Response(await kept.blob(), { headers: kept.headers })
  await forgetShared()
  return form
}

async function forgetShared(): Promise<void> {
  await caches.delete(SHARED)
}

/** What the page did not ask for in time goes; a share that is on its way to a slow page stays. */
export async function tidyShared(): Promise<void> {
  if (!(await caches.has(SHARED))) return
  const store = await caches.open(SHARED)
  for (const request of await store.keys()) {
    const form = await store.match(request)
    if (isLeftBehind(Number(form?.headers.get(AT) ?? NaN), Date.now())) await store.delete(request)
  }
}
