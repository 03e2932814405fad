-- The node lives.
-- Returns {1} if what it has is all there, {0} if it has to be written afresh
beat()
sweep()
tell()
return {redis.call('HEXISTS', online_key(NODE), '')}
