// The five main situations from the open ticket to Solved: how many presses an engineer needs, with Tether and by the handbook.
//
// This agent page does not show by itself what was written behind its back: the first submission after the plan is refused, and to
// refresh and to submit again counts too, 3 clicks with the button's menu.
import assert from 'node:assert/strict';
import { BY_HAND, sumOf } from './steps/by-hand.js';
import { atOneDesk } from './steps/desk.js';
import { WITH_TETHER } from './steps/situations.js';
import { AT_WORK } from './steps/trace.js';

atOneDesk('clicks and keystrokes', { ...AT_WORK, turn: 'chromium' }, (add) => {
  add(
    'a self-managed license: 7 clicks and no key, by hand 50 clicks and 138 keys',
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.license(desk), { clicks: 7, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.license), { clicks: 50, keys: 138 });
    },
  );

  add('a cloud activation: 7 clicks and no key, by hand 50 clicks and 169 keys', async (desk) => {
    assert.deepEqual(await WITH_TETHER.activation(desk), { clicks: 7, keys: 0 });
    assert.deepEqual(sumOf(BY_HAND.activation), { clicks: 50, keys: 169 });
  });

  add(
    'two contacts of a pre-authorized requester: 6 clicks and no key, by hand 17 clicks and 17 keys',
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.adding(desk), { clicks: 6, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.adding), { clicks: 17, keys: 17 });
    },
  );

  add(
    "GitLab.com, where the app associates: 7 clicks besides the app's 3, by hand 7 besides them and 11 keys",
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.dotCom(desk), { clicks: 7, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.dotCom), { clicks: 10, keys: 11 });
    },
  );

  add(
    'one contact is removed: 7 clicks and no key, by hand 15 clicks and 37 keys',
    async (desk) => {
      assert.deepEqual(await WITH_TETHER.removal(desk), { clicks: 7, keys: 0 });
      assert.deepEqual(sumOf(BY_HAND.removal), { clicks: 15, keys: 37 });
    },
  );
});
