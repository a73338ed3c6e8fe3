const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How long what is issued lives, in seconds. */
export const lives = {
  /** Ended ones stop within a second everywhere, so it only bounds how long a stolen one serves. */
  accessToken: hour,
  /** From its last use on: as long as Google keeps a refresh token that is not used. */
  refreshToken: 180 * day,
  authorizationCode: minute,
  /** To read our page, sign in at Google, and come back. */
  interaction: hour,
  /** An authorization from which nothing was issued yet; it then lives as long as its refresh tokens. */
  unusedAuthorization: hour,
  idToken: hour,
} as const;

/**
 * How long a refresh token that was used answers with the same successor, in seconds. Hosts of MCP clients refresh from
 * several processes at once, and lose answers.
 */
export const rotationGraceSeconds = 30 * minute;
