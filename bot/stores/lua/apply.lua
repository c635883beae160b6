-- Everything else: lock, token, then one kind of change after another, each a word with as many values as it takes.
-- bot/stores/layout.py makes the list, in the order in which they must happen.
local kept = {}

local function expire(name, ends)
  local key = P .. 'talk:' .. name
  if call('EXISTS', key) == 1 then
    call('SETRANGE', key, 0, ends)
    call('ZADD', P .. 'ends', ends, name)
  end
end

local function own(kind, id, owner)
  local key = P .. kind .. ':' .. id
  local old = call('HGET', key, 'owner')
  if old and old ~= owner then
    call('SREM', P .. kind .. 's-of:' .. old, id)
  end
  call('HSET', key, 'owner', owner)
  call('SADD', P .. kind .. 's-of:' .. owner, id)
end

local function put_file(id, owner, box)
  own('file', id, owner)
  call('HSET', P .. 'file:' .. id, 'box', box)
end

local function hand_file(id, owner)
  if call('EXISTS', P .. 'file:' .. id) == 1 then
    own('file', id, owner)
  end
end

local function settle_parcel(id, arrived, box)
  if call('EXISTS', P .. 'parcel:' .. id) == 1 then
    call('HSET', P .. 'parcel:' .. id, 'arrived', arrived, 'box', box)
    call(arrived == '1' and 'SREM' or 'SADD', P .. 'waiting', id)
  end
end

local function put_parcel(id, owner, arrived, box)
  own('parcel', id, owner)
  settle_parcel(id, arrived, box)
end

local function put_relay(mailbox, ends, address)
  call('SET', P .. 'relay:' .. mailbox, ends .. address)
  call('ZADD', P .. 'mailboxes', ends, mailbox)
end

-- word -> how many values it takes, and what it does
local KINDS = {
  put = { 2, put },
  drop = { 1, drop },
  expire = { 2, expire },
  put_file = { 3, put_file },
  hand_file = { 2, hand_file },
  keep_file = { 1, function(id) kept[id] = true end },
  drop_files_of = { 1, function(owner) drop_files_of(owner, kept) end },
  put_parcel = { 4, put_parcel },
  settle_parcel = { 3, settle_parcel },
  drop_parcel = { 1, drop_parcel },
  drop_expired = { 1, function(moment) drop_expired(moment, -1) end },
  put_relay = { 3, put_relay },
  drop_relay = { 1, drop_relay },
  put_secret = { 2, function(name, box) call('HSET', P .. 'secrets', name, box) end },
  drop_secret = { 1, function(name) call('HDEL', P .. 'secrets', name) end },
}

if not ours(ARGV[1], ARGV[2]) then
  return 0
end
local at = 3
while at <= #ARGV do
  local takes, act = unpack(KINDS[ARGV[at]])
  act(unpack(ARGV, at + 1, at + takes))
  at = at + 1 + takes
end
return 1
