local function drop(name)
  local key = P .. 'talk:' .. name
  local old = call('GETRANGE', key, 0, HEAD - 1)
  if old ~= '' then
    call('DEL', key)
    call('ZREM', P .. 'ends', name)
    call('SREM', P .. 'acts', name)
    count(string.sub(old, 17, 22), -1)
  end
end

local function drop_files_of(owner, kept)
  for _, id in ipairs(call('SMEMBERS', P .. 'files-of:' .. owner)) do
    if not kept[id] then
      call('DEL', P .. 'file:' .. id)
      call('SREM', P .. 'files-of:' .. owner, id)
    end
  end
end

local function drop_parcel(id)
  local owner = call('HGET', P .. 'parcel:' .. id, 'owner')
  if owner then
    call('DEL', P .. 'parcel:' .. id)
    call('SREM', P .. 'parcels-of:' .. owner, id)
    call('SREM', P .. 'waiting', id)
  end
end

local function drop_relay(mailbox)
  call('DEL', P .. 'relay:' .. mailbox)
  call('ZREM', P .. 'mailboxes', mailbox)
end

-- At most `limit` talks and as many mailboxes; -1 for all. Returns how many of each.
local function drop_expired(moment, limit)
  local names = call('ZRANGEBYSCORE', P .. 'ends', '-inf', moment, 'LIMIT', 0, limit)
  for _, name in ipairs(names) do
    drop_files_of(name, {})
    for _, id in ipairs(call('SMEMBERS', P .. 'parcels-of:' .. name)) do
      if call('HGET', P .. 'parcel:' .. id, 'arrived') == '1' then
        drop_parcel(id)
      end
    end
    drop(name)
  end
  local mailboxes = call('ZRANGEBYSCORE', P .. 'mailboxes', '-inf', moment, 'LIMIT', 0, limit)
  for _, mailbox in ipairs(mailboxes) do
    drop_relay(mailbox)
  end
  return { #names, #mailboxes }
end
