/** The nonce of this answer, which style elements have to bear (CSP Level 3, section 2.3.1). */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** The library that keeps what is behind a dialog from scrolling (react-remove-scroll) looks for it here. */
export function tellNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
