local HEAD = 23

local function count(day, step)
  if call('HINCRBY', P .. 'days', day, step) <= 0 then
    call('HDEL', P .. 'days', day)
  end
end

local function index(name, old, new)
  if string.sub(old, 1, 16) ~= string.sub(new, 1, 16) then
    call('ZADD', P .. 'ends', string.sub(new, 1, 16), name)
  end
  if string.sub(old, 17, 22) ~= string.sub(new, 17, 22) then
    if old ~= '' then
      count(string.sub(old, 17, 22), -1)
    end
    count(string.sub(new, 17, 22), 1)
  end
  if string.sub(old, 23) ~= string.sub(new, 23) then
    call(string.sub(new, 23) == '1' and 'SADD' or 'SREM', P .. 'acts', name)
  end
end

local function put(name, value)
  local key = P .. 'talk:' .. name
  local new = string.sub(value, 1, HEAD)
  local old = call('GETRANGE', key, 0, HEAD - 1)
  -- A talk under way keeps its head: then the one write is all there is to do.
  if old ~= new then
    index(name, old, new)
  end
  call('SET', key, value)
end
