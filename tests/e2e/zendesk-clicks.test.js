// The five main situations from the open ticket to Solved: how many presses an engineer needs, with Tether and by the handbook.
//
// This agent page does not show by itself what was written behind its back, so the panel has it reloaded before it drafts the reply: one of
// the clicks. The submission is two, with the button's menu.
import assert from 'node:assert/strict';
import { BY_HAND, sumOf } from './steps/by-hand.js';
import { atOneDesk } from './steps/desk.js';
import { WITH_TETHER } from './steps/situations.js';
import { AT_WORK } from './steps/trace.js';

atOneDesk('clicks and keystrokes', { ...AT_WORK, turn: 'chromium' }, (add) => {
  add(
    'a self-managed license: 5 clicks and no key, by hand 50 clicks and 138 keys',
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.license(desk), { clicks: 5, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.license), { clicks: 50, keys: 138 });
    },
  );

  add('a cloud activation: 5 clicks and no key, by hand 50 clicks and 169 keys', async (desk) => {
    assert.deepEqual(await WITH_TETHER.activation(desk), { clicks: 5, keys: 0 });
    assert.deepEqual(sumOf(BY_HAND.activation), { clicks: 50, keys: 169 });
  });

  add(
    'two contacts of a pre-authorized requester: 4 clicks and no key, by hand 17 clicks and 17 keys',
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.adding(desk), { clicks: 4, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.adding), { clicks: 17, keys: 17 });
    },
  );

  add(
    "GitLab.com, where the app associates: 4 clicks besides the app's 3, by hand 7 besides them and 11 keys",
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.dotCom(desk), { clicks: 4, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.dotCom), { clicks: 10, keys: 11 });
    },
  );

  add(
    'one contact is removed: 5 clicks and no key, by hand 15 clicks and 37 keys',
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.removal(desk), { clicks: 5, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.removal), { clicks: 15, keys: 37 });
    },
  );
});
