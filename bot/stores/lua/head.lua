-- Begins every script. All keys stand behind one hash tag, so that a cluster keeps them in one place.
-- Talks are strings: a head of 23 digits (end 16, day 6, pending 1), then the sealed box.
local P = KEYS[1]
local call = redis.call

local function ours(lock, token)
  return lock == '' or call('GET', P .. 'lock:' .. lock) == token
end
