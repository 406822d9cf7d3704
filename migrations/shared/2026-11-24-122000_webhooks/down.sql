DROP TABLE webhook_attempts;
DROP TABLE webhook_deliveries;
DROP TABLE webhook_delivery_states;
DROP TABLE webhook_endpoints;
DROP TABLE webhook_endpoint_states;
