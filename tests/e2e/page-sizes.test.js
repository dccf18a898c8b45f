// How large the shipped page scripts are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_SCRIPT_LIMIT, pageScripts } from '../tools/assemble.js';

test('every script for a page is small and complete in itself', async () => {
  const scripts = await pageScripts();
  for (const name of [
    'portal',
    'zendesk-composer',
    'zendesk-compose',
    'zendesk-status',
    'zendesk-shown',
    'zendesk-take-out',
    'zendesk-request',
    'zendesk-field',
    'zendesk-organization',
    'zendesk-diagnose',
    'portal-diagnose',
    'take-page',
  ]) {
    const script = Buffer.from(scripts.get(`pages/${name}.js`) ?? '').toString();
    assert.ok(script.startsWith('(()=>{'), `${name} is not one classic script`);
    assert.doesNotMatch(script, /\bimport\b|\beval\(|innerHTML/, name);
  }
  for (const [name, { length }] of scripts)
    assert.ok(length <= PAGE_SCRIPT_LIMIT, `${name} has ${length} bytes`);
});
