-- Queues what nobody has queued yet, in order.
-- ARGV 1 how many may wait; then id, peer and body of each, the body '' for what is passed over
-- Returns {cursor or '' if it is lost, 1 if not all found room}
local BOUND = tonumber(ARGV[1])
local cursor = redis.call('HGET', HOOK, 'cursor')
if not cursor then
  return {'', 0}
end

local function version(id)
  local millis, number, part = string.match(id, '^(%d+)-(%d+)%.?(%d*)$')
  return tonumber(millis), tonumber(number), tonumber(part) or 0
end

-- The parts of a version are what leads to it: who is there needs none of them.
local millis, number, part = version(cursor)
local function is_later(m, n, p)
  if m ~= millis then
    return m > millis
  end
  if n ~= number then
    return n > number
  end
  return part > 0 and p > part
end

local length, full = redis.call('XLEN', QUEUE), 0
for i = 2, #ARGV, 3 do
  local m, n, p = version(ARGV[i])
  if is_later(m, n, p) then
    if ARGV[i + 2] ~= '' then
      if length >= BOUND then
        full = 1
        break
      end
      redis.call('XADD', QUEUE, '*', 'id', ARGV[i], 'peer', ARGV[i + 1], 'body', ARGV[i + 2])
      length = length + 1
    end
    cursor, millis, number, part = ARGV[i], m, n, p
  end
end
redis.call('HSET', HOOK, 'cursor', cursor)
return {cursor, full}
