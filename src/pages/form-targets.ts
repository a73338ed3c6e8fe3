/**
 * Where a form of ours may lead in the end. Chromium applies `form-action` to redirects as well, and Google's sign-in
 * redirects to whichever identity provider a Workspace uses, so any https origin has to pass. Providers by http are on
 * this machine.
 */
export function formTargets(returnTo: string | null): string[] {
  const targets = ['https:', 'http://localhost:*', 'http://127.0.0.1:*'];
  if (returnTo?.startsWith('http:') === true) targets.push(new URL(returnTo).origin);
  return targets;
}
