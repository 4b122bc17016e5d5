-- A listed place keeps what several bodies saw at it together.
update place_listing set body = body || '{"inspections": []}'::jsonb where not body ? 'inspections';
