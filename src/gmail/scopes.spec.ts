import { describe, expect, it } from '@jest/globals';
import {
  coversScope,
  DEFAULT_GMAIL_SCOPES,
  fullScopeName,
  gmailScopes,
  isGmailScope,
  isIdentityScope,
} from './scopes.js';

describe('Gmail scopes', () => {
  it.each(Object.values(gmailScopes))('%s covers itself', (scope) => {
    expect(coversScope([scope], scope)).toBe(true);
  });

  it.each([
    [gmailScopes.full, gmailScopes.modify],
    [gmailScopes.full, gmailScopes.send],
    [gmailScopes.full, gmailScopes.metadata],
    [gmailScopes.modify, gmailScopes.readonly],
    [gmailScopes.modify, gmailScopes.send],
    [gmailScopes.readonly, gmailScopes.metadata],
    [gmailScopes.compose, gmailScopes.send],
  ])('%s covers the narrower %s', (wide, narrow) => {
    expect(coversScope([wide], narrow)).toBe(true);
    expect(coversScope([narrow], wide)).toBe(false);
  });

  it.each([
    [gmailScopes.full, gmailScopes.settingsBasic],
    [gmailScopes.readonly, gmailScopes.labels],
    [gmailScopes.metadata, gmailScopes.readonly],
    [gmailScopes.send, gmailScopes.readonly],
    [gmailScopes.full, 'openid'],
  ])('%s does not cover %s', (granted, needed) => {
    expect(coversScope([granted], needed)).toBe(false);
  });

  it('knows email and profile by the names Google answers with', () => {
    expect(coversScope(['https://www.googleapis.com/auth/userinfo.email'], 'email')).toBe(true);
    expect(coversScope(['profile'], 'https://www.googleapis.com/auth/userinfo.profile')).toBe(true);
  });

  it.each([
    ['gmail.modify', gmailScopes.modify],
    ['gmail.settings.basic', gmailScopes.settingsBasic],
    ['mail.google.com', gmailScopes.full],
    [gmailScopes.send, gmailScopes.send],
    [gmailScopes.full, gmailScopes.full],
    ['openid', 'openid'],
    ['gmail.modfy', 'gmail.modfy'],
    ['modify', 'modify'],
    ['constructor', 'constructor'],
  ])('by the name %s are %s', (name, scope) => {
    expect(fullScopeName(name)).toBe(scope);
  });

  it('covers nothing when nothing was granted', () => {
    expect(coversScope([], gmailScopes.readonly)).toBe(false);
  });

  it('tells scopes of identity from others, by either name', () => {
    const scopes = [...DEFAULT_GMAIL_SCOPES, 'profile', 'https://www.googleapis.com/auth/userinfo.email'];
    expect(scopes.filter((scope) => !isIdentityScope(scope))).toEqual([gmailScopes.readonly]);
  });

  it('tells Gmail scopes from others', () => {
    expect(DEFAULT_GMAIL_SCOPES.filter(isGmailScope)).toEqual([gmailScopes.readonly]);
    expect(Object.values(gmailScopes).every(isGmailScope)).toBe(true);
    expect(isGmailScope('https://www.googleapis.com/auth/drive')).toBe(false);
  });
});
